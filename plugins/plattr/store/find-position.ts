import type { Database } from '@countersign/runtime/store';
import { type SQL, sql } from 'drizzle-orm';

/** Number of scores before the position, counted from `high` downwards. */
export type Position = { readonly high: bigint; readonly offset: number };

/**
 * Finds a position in the order of scores, from 1 for the highest: the bucket that contains it, from the root down. At
 * most 16 counts are read at each level. Within equal scores, the search steps from one to the next.
 *
 * @param place an existing position
 */
export async function findPosition(tx: Database, board: SQL, place: number): Promise<Position> {
  const { rows } = await tx.execute<{ high: string; ahead: string }>(sql`
    WITH RECURSIVE step (level, low, high, ahead) AS (
      SELECT 0, '-9223372036854775808'::bigint, 9223372036854775807::bigint, ${String(place - 1)}::bigint
      UNION ALL
      SELECT step.level + 1, child.low, child.high, (step.ahead - child.before)::bigint
      FROM step
      JOIN plattr.score_buckets AS bucket
        ON bucket.leaderboard_id = ${board} AND bucket.level = step.level AND bucket.low = step.low AND bucket.split
      CROSS JOIN LATERAL (
        SELECT low, high, sum(count) OVER (ORDER BY low DESC) - count AS before, count FROM (
          SELECT slot.low, slot.high, (
            coalesce((
              SELECT known.count FROM plattr.score_buckets AS known
              WHERE known.leaderboard_id = ${board} AND known.level = step.level + 1 AND known.low = slot.low), 0)
            + coalesce((
              SELECT sum(change.amount) FROM plattr.score_changes AS change
              WHERE change.leaderboard_id = ${board} AND change.sort_key BETWEEN slot.low AND slot.high), 0)
          )::bigint AS count
          FROM (
            SELECT step.low # (n << width) AS low, (step.low # (n << width)) | ((1::bigint << width) - 1) AS high
            FROM generate_series(0::bigint, 15) AS n, (SELECT 60 - 4 * step.level AS width) AS size
          ) AS slot
        ) AS counted
      ) AS child
      WHERE step.ahead >= child.before AND step.ahead < child.before + child.count
    )
    SELECT high::text AS high, ahead::text AS ahead FROM step ORDER BY level DESC LIMIT 1`);
  const [found] = rows;
  if (found === undefined) throw new Error('The database returned no position');
  return { high: BigInt(found.high), offset: Number(found.ahead) };
}
