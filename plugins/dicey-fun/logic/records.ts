import type { DiceyFunHandlers } from '@countersign/dicey-fun/server';
import { findRecords } from '../find-records.ts';
import { toPlayRecord, toTicketRecord, toWalletRecord } from '../rows.ts';
import type { Services } from '../services.ts';

type Handlers = DiceyFunHandlers<Services>;

const invalidRange = { error: { code: 400, message: 'Invalid time range' } } as const;

export const getPlayerGameRecord: Handlers['getPlayerGameRecord'] = async ({ body }, context) => {
  const rows = await findRecords(context, body, context.services.records.plays);
  return rows === undefined
    ? invalidRange
    : { data: rows.map(({ record, player }) => ({ ...toPlayRecord(record), dice_player: player })) };
};

export const getPlayerWalletRecord: Handlers['getPlayerWalletRecord'] = async ({ body }, context) => {
  const rows = await findRecords(context, body, context.services.records.transfers);
  return rows === undefined
    ? invalidRange
    : { data: rows.map(({ record, player }) => ({ ...toWalletRecord(record), dice_player: player })) };
};

export const getPlayerTicketRecord: Handlers['getPlayerTicketRecord'] = async ({ body }, context) => {
  const rows = await findRecords(context, body, context.services.records.tickets);
  return rows === undefined
    ? invalidRange
    : { data: rows.map(({ record, player }) => ({ ...toTicketRecord(record), dice_player: player })) };
};
