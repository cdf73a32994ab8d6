import type { Database } from '@countersign/runtime/store';
import { and, eq, sql } from 'drizzle-orm';
import { indexKey } from '../../stored-text.ts';
import { dicePlayer, diceWalletRecord } from './tables.ts';

export type WalletRecord = typeof diceWalletRecord.$inferSelect;

export type Transfer = {
  readonly username: string;
  /** A deposit is above 0, a withdrawal below 0. */
  readonly coin: number;
  readonly adminId: number;
  /** Unix seconds. */
  readonly now: number;
};

export type Wallet = {
  /** Undefined means that nothing was changed: the player does not exist, or the balance would leave 0 … 2^53 - 1. */
  transfer(transfer: Transfer): Promise<WalletRecord | undefined>;
};

/** The largest integer that every JSON parser reads exactly. */
const MOST = Number.MAX_SAFE_INTEGER;

/**
 * A transfer is one statement: balance and record change together or not at all. It locks only the row of its player,
 * so that transfers of different players never wait for each other. Because the record is inserted while that lock is
 * held, a player's records are numbered in the order in which the balance changed.
 */
export function createWallet(db: Database): Wallet {
  const coin = sql`${sql.placeholder('coin')}::bigint`;
  const now = sql`${sql.placeholder('now')}::bigint`;
  const moved = db.$with('moved').as(
    db
      .update(dicePlayer)
      .set({ coin: sql`${dicePlayer.coin} + ${coin}`, updateTime: now })
      .where(
        and(
          eq(dicePlayer.usernameKey, sql.placeholder('key')),
          sql`${dicePlayer.coin} + ${coin} BETWEEN 0 AND ${sql.raw(String(MOST))}`,
        ),
      )
      .returning({ id: dicePlayer.id, after: dicePlayer.coin }),
  );
  const transfer = db
    .with(moved)
    .insert(diceWalletRecord)
    .select((query) =>
      query
        .select({
          id: sql`nextval(pg_get_serial_sequence('dicey_fun.dice_player_wallet_record', 'id'))`.as('id'),
          playerId: moved.id,
          adminId: sql`${sql.placeholder('adminId')}::bigint`.as('admin_id'),
          coin: coin.as('coin'),
          type: sql`CASE WHEN ${coin} > 0 THEN 0 ELSE 1 END`.as('type'),
          walletBefore: sql`${moved.after} - ${coin}`.as('wallet_before'),
          walletAfter: moved.after,
          remark: sql`NULL`.as('remark'),
          createTime: now.as('create_time'),
          updateTime: now.as('update_time'),
        })
        .from(moved),
    )
    .returning()
    .prepare('dicey_fun_transfer');

  return {
    transfer: async ({ username, coin, adminId, now }) =>
      (await transfer.execute({ key: indexKey(username), coin, adminId, now }))[0],
  };
}
