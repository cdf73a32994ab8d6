import { type Database, transact } from '@countersign/runtime/store';
import { and, eq, sql } from 'drizzle-orm';
import { indexKey } from '../../stored-text.ts';
import { sortKey } from '../rules/sort-key.ts';
import { countChanges } from './count-changes.ts';
import { leaderboards, scores } from './tables.ts';
import { unlessGone } from './users.ts';

export type Submission = {
  readonly appId: number;
  readonly leaderboard: string;
  readonly userId: number;
  readonly score: number;
};

export type Scores = ReturnType<typeof createScores>;

/** Number of changed scores after which the call with the last change updates the buckets. */
const COUNT_EVERY = 64;

export function createScores(db: Database) {
  const findBoard = async (appId: number, key: string): Promise<number | undefined> => {
    const own = and(eq(leaderboards.appId, appId), eq(leaderboards.key, key));
    return (await db.select({ id: leaderboards.id }).from(leaderboards).where(own))[0]?.id;
  };
  const findOrCreateBoard = async (appId: number, name: string): Promise<number> => {
    const key = indexKey(name);
    const found = await findBoard(appId, key);
    if (found !== undefined) return found;
    await db.insert(leaderboards).values({ appId, key }).onConflictDoNothing();
    const made = await findBoard(appId, key);
    if (made === undefined) throw new Error('A leaderboard was deleted while it was being made');
    return made;
  };

  /**
   * One statement: the score, if it is higher, and the changes of the counts. It does not touch rows of counts, so that
   * players of one leaderboard do not wait for each other.
   */
  const replace = async (board: number, userId: number, score: number): Promise<readonly number[]> => {
    const { rows } = await db.execute<{ id: string }>(sql`
      WITH changed AS (
        INSERT INTO ${scores} AS old (leaderboard_id, user_id, value, sort_key)
        VALUES (${board}, ${userId}, ${score + 0}::float8, ${String(sortKey(score))}::bigint)
        ON CONFLICT (leaderboard_id, user_id) DO UPDATE
          SET value = excluded.value, sort_key = excluded.sort_key, replaced_key = old.sort_key
          WHERE old.sort_key < excluded.sort_key
        RETURNING leaderboard_id, sort_key, replaced_key
      )
      INSERT INTO plattr.score_changes (leaderboard_id, sort_key, amount)
      SELECT leaderboard_id, sort_key, 1 FROM changed
      UNION ALL
      SELECT leaderboard_id, replaced_key, -1 FROM changed WHERE replaced_key IS NOT NULL
      RETURNING id::text AS id`);
    return rows.map(({ id }) => Number(id));
  };

  return {
    /** Undefined means that the user has withdrawn. */
    async submit({ appId, leaderboard, userId, score }: Submission): Promise<true | undefined> {
      const board = await findOrCreateBoard(appId, leaderboard);
      const changes = await unlessGone(replace(board, userId, score));
      if (changes === undefined) return undefined;
      if (changes.some((id) => id % COUNT_EVERY === 0)) await transact(db, (tx) => countChanges(tx, board));
      return true;
    },
  };
}
