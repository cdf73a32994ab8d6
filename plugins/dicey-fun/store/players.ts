import type { Database } from '@countersign/runtime/store';
import { eq, sql } from 'drizzle-orm';
import { indexKey } from '../../stored-text.ts';
import { dicePlayer } from './tables.ts';

export type Player = {
  readonly id: number;
  readonly username: string;
  readonly phone: string | null;
  readonly coin: number;
};

export type Players = {
  find(username: string): Promise<Player | undefined>;
  /** The player of this name, created without coins if necessary. @param now Unix seconds */
  findOrCreate(username: string, now: number): Promise<Player>;
};

export function createPlayers(db: Database): Players {
  const { id, username, phone, coin } = dicePlayer;
  const byName = db
    .select({ id, username, phone, coin })
    .from(dicePlayer)
    .where(eq(dicePlayer.usernameKey, sql.placeholder('key')))
    .prepare('dicey_fun_find_player');
  const find = async (name: string): Promise<Player | undefined> => (await byName.execute({ key: indexKey(name) }))[0];

  return {
    find,
    async findOrCreate(name, now) {
      const found = await find(name);
      if (found !== undefined) return found;
      // Of several concurrent first calls, one inserts the player, and the others find it.
      await db
        .insert(dicePlayer)
        .values({ username: name, usernameKey: indexKey(name), coin: 0, createTime: now, updateTime: now })
        .onConflictDoNothing({ target: dicePlayer.usernameKey });
      const made = await find(name);
      if (made === undefined) throw new Error('A player was deleted while it was being made');
      return made;
    },
  };
}
