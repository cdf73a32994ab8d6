import type { Database } from '@countersign/runtime/store';
import { sql } from 'drizzle-orm';
import { CAPACITY, highOf, LEVELS } from './buckets.ts';
import { leaderboards, scoreBuckets, scoreChanges, scores } from './tables.ts';

/**
 * Within a transaction that locks the leaderboard: divides full buckets of a level, and recursively those that are
 * still too full. The count of a bucket is its current content without the changes that are not counted yet.
 */
export async function splitBuckets(tx: Database, board: number, level: number, lows: readonly bigint[]): Promise<void> {
  let full = lows;
  for (let parent = level; full.length > 0 && parent < LEVELS; parent += 1) {
    const bits = sql.raw(String(60 - 4 * parent));
    const ranges = sql`unnest(${texts(full)}::text[]::bigint[], ${texts(full.map((low) => highOf(low, parent)))}::text[]::bigint[])`;
    await tx.execute(sql`
      UPDATE ${scoreBuckets} SET split = true
      WHERE leaderboard_id = ${board} AND level = ${parent} AND low = ANY(${texts(full)}::text[]::bigint[])`);
    const { rows } = await tx.execute<{ low: string; count: string }>(sql`
      INSERT INTO ${scoreBuckets} (leaderboard_id, level, low, count)
      SELECT ${board}::bigint, ${parent + 1}::smallint, low, sum(amount) FROM (
        SELECT (score.sort_key >> ${bits}) << ${bits} AS low, 1 AS amount
        FROM ${ranges} AS parent (low, high)
        JOIN ${scores} AS score ON score.leaderboard_id = ${board} AND score.sort_key BETWEEN parent.low AND parent.high
        UNION ALL
        SELECT (change.sort_key >> ${bits}) << ${bits}, -change.amount
        FROM ${ranges} AS parent (low, high)
        JOIN ${scoreChanges} AS change
          ON change.leaderboard_id = ${board} AND change.sort_key BETWEEN parent.low AND parent.high
      ) AS counted (low, amount)
      GROUP BY low HAVING sum(amount) > 0
      RETURNING low::text AS low, count::text AS count`);
    full = rows.filter(({ count }) => Number(count) > CAPACITY).map(({ low }) => BigInt(low));
  }
}

const texts = (values: readonly bigint[]) => sql`${sql.param(values.map(String))}`;

/** Within a transaction: rebuilds a leaderboard's buckets from its scores, as after a bulk load. */
export async function rebuildBuckets(tx: Database, board: number): Promise<void> {
  await tx.execute(sql`SELECT 1 AS one FROM ${leaderboards} WHERE id = ${board} FOR NO KEY UPDATE`);
  await tx.execute(sql`DELETE FROM ${scoreBuckets} WHERE leaderboard_id = ${board}`);
  const { rows } = await tx.execute<{ low: string; count: string }>(sql`
    INSERT INTO ${scoreBuckets} (leaderboard_id, level, low, count)
    SELECT ${board}::bigint, 0, -9223372036854775808, counted.scores - counted.changes FROM (SELECT
      (SELECT count(*) FROM ${scores} WHERE leaderboard_id = ${board}),
      (SELECT coalesce(sum(amount), 0) FROM ${scoreChanges} WHERE leaderboard_id = ${board})) AS counted (scores, changes)
    RETURNING low::text AS low, count::text AS count`);
  const full = rows.filter(({ count }) => Number(count) > CAPACITY).map(({ low }) => BigInt(low));
  await splitBuckets(tx, board, 0, full);
}
