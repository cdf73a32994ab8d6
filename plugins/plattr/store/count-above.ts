import { type SQL, sql } from 'drizzle-orm';
import { LEVELS } from './buckets.ts';

const levels = sql.raw(String(LEVELS));

/**
 * Common table expressions that count, for each row `bound (name, key)` of a relation, the scores of the leaderboard
 * above the key. They end with `above (name, count)`.
 *
 * They follow the buckets that contain the key, from the root down. If a bucket is split, its children above the key
 * are added as wholes. The last bucket has at most {@link CAPACITY} counted scores, and changes that are not counted
 * yet. There, scores are counted one by one. The work grows with the depth of the tree, so with the logarithm of the
 * number of scores. One statement sees one state.
 *
 * @param board an expression for the leaderboard's id
 * @param bound name of the relation
 */
export function countAbove(board: SQL, bound: string): SQL {
  return sql`
    path AS (
      SELECT bound.name, bound.key, level, width,
        CASE level WHEN 0 THEN '-9223372036854775808'::bigint ELSE (bound.key >> width) << width END AS low,
        CASE level WHEN 0 THEN 9223372036854775807 ELSE bound.key | ((1::bigint << width) - 1) END AS high
      FROM ${sql.identifier(bound)} AS bound
      CROSS JOIN LATERAL (SELECT level, 64 - 4 * level AS width FROM generate_series(0, ${levels}) AS level) AS step
    ),
    opened AS (
      SELECT path.name, path.level, path.high, (path.key >> (path.width - 4)) << (path.width - 4) AS child
      FROM path
      JOIN plattr.score_buckets AS bucket
        ON bucket.leaderboard_id = ${board} AND bucket.level = path.level AND bucket.low = path.low AND bucket.split
    ),
    above AS (
      SELECT path.name, (
        coalesce((
          SELECT sum(whole.count) FROM opened
          JOIN plattr.score_buckets AS whole ON whole.leaderboard_id = ${board} AND whole.level = opened.level + 1
            AND whole.low > opened.child AND whole.low <= opened.high
          WHERE opened.name = path.name), 0)
        + coalesce((
          SELECT sum(change.amount) FROM plattr.score_changes AS change
          WHERE change.leaderboard_id = ${board} AND change.sort_key > path.high), 0)
        + (
          SELECT count(*) FROM plattr.scores AS score
          WHERE score.leaderboard_id = ${board} AND score.sort_key > path.key AND score.sort_key <= path.high)
      )::bigint AS count
      FROM path
      WHERE path.level = (SELECT count(*) FROM opened WHERE opened.name = path.name)
    )`;
}
