import type { Database } from '@countersign/runtime/store';
import { and, between, desc, eq, getTableColumns } from 'drizzle-orm';
import type { RecordWindow } from '../rules/record-window.ts';
import { dicePlayer, dicePlayRecord, diceTicketRecord, diceWalletRecord } from './tables.ts';

export type RecordQuery = {
  /** If omitted, the rows of all players. */
  readonly playerId?: number | undefined;
  readonly window: RecordWindow;
  readonly limit: number;
};

type RecordTable = typeof dicePlayRecord | typeof diceWalletRecord | typeof diceTicketRecord;

/** The rows of one table with their players, newest id first. A player that cannot be resolved is null. */
function createQuery<Table extends RecordTable>(db: Database, table: Table) {
  return ({ playerId, window: { start, end }, limit }: RecordQuery) =>
    db
      .select({
        record: getTableColumns(table as RecordTable) as Table['_']['columns'],
        player: { id: dicePlayer.id, username: dicePlayer.username, phone: dicePlayer.phone },
      })
      .from(table as RecordTable)
      .leftJoin(dicePlayer, eq(dicePlayer.id, table.playerId))
      .where(
        and(between(table.createTime, start, end), playerId === undefined ? undefined : eq(table.playerId, playerId)),
      )
      .orderBy(desc(table.id))
      .limit(limit);
}

export type Records = ReturnType<typeof createRecords>;

export function createRecords(db: Database) {
  return {
    plays: createQuery(db, dicePlayRecord),
    transfers: createQuery(db, diceWalletRecord),
    tickets: createQuery(db, diceTicketRecord),
  };
}
