import type { Database } from '@countersign/runtime/store';
import { eq, getTableColumns } from 'drizzle-orm';
import { diceGame } from './tables.ts';

export type Game = typeof diceGame.$inferSelect;
export type GameFields = Omit<typeof diceGame.$inferInsert, 'id' | 'createTime' | 'updateTime'>;
/** The columns of a list: all except the sensitive configuration. */
export type GameRow = Omit<Game, 'sensitiveConfig'>;
/** Only given properties change. The game's key does not. */
export type GameChange = Partial<Omit<GameFields, 'gameKey'>>;

export type GameTable = ReturnType<typeof createGameTable>;

/** Management of `dice_game`: the five permissions of the admin's menu. All times are Unix seconds. */
export function createGameTable(db: Database) {
  const { sensitiveConfig: _, ...listed } = getTableColumns(diceGame);
  const one = (gameKey: string) => eq(diceGame.gameKey, gameKey);
  return {
    index: (): PromiseLike<GameRow[]> => db.select(listed).from(diceGame).orderBy(diceGame.sort, diceGame.id),

    async read(gameKey: string): Promise<Game | undefined> {
      return (await db.select().from(diceGame).where(one(gameKey)))[0];
    },

    /** Undefined means that a game with this key exists already. */
    async save(fields: GameFields, now: number): Promise<Game | undefined> {
      const stamp = { createTime: now, updateTime: now };
      const rows = await db
        .insert(diceGame)
        .values({ ...fields, ...stamp })
        .onConflictDoNothing()
        .returning();
      return rows[0];
    },

    /** Undefined means that the game does not exist. */
    async update(gameKey: string, change: GameChange, now: number): Promise<Game | undefined> {
      return (
        await db
          .update(diceGame)
          .set({ ...change, updateTime: now })
          .where(one(gameKey))
          .returning()
      )[0];
    },

    async destroy(gameKey: string): Promise<boolean> {
      return (await db.delete(diceGame).where(one(gameKey)).returning({ id: diceGame.id })).length === 1;
    },
  };
}
