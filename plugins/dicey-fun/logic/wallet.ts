import type { DiceyFunHandlers } from '@countersign/dicey-fun/server';
import { toWalletRecord } from '../rows.ts';
import type { Services } from '../services.ts';
import type { Agent } from '../tokens.ts';

type Handlers = DiceyFunHandlers<Services>;

const unknownPlayer = { error: { code: 404, message: 'Player not found' } } as const;

export const getPlayerInfo: Handlers['getPlayerInfo'] = async ({ body }, { services }) => {
  const player = await services.players.find(body.username);
  return player === undefined ? unknownPlayer : { data: player };
};

/** The contract rejects 0 before this handler runs. */
export const setPlayerWallet: Handlers['setPlayerWallet'] = async ({ body }, { services, identity, now }) => {
  const { adminId } = identity['session'] as Agent;
  const { username, coin } = body;
  const record = await services.wallet.transfer({ username, coin, adminId, now: Math.floor(now / 1000) });
  if (record !== undefined) return { data: toWalletRecord(record) };
  if ((await services.players.find(username)) === undefined) return unknownPlayer;
  return { error: { code: 422, message: coin < 0 ? 'Insufficient balance' : 'Balance too large' } };
};
