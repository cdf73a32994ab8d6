import type { Database } from '@countersign/runtime/store';
import { type SQL, sql } from 'drizzle-orm';
import { indexKey } from '../../stored-text.ts';
import { ABOVE_ALL, BELOW_ALL, sortKey } from '../rules/sort-key.ts';
import { countAbove } from './count-above.ts';
import { findPosition } from './find-position.ts';

export type Range = { readonly min?: number | undefined; readonly max?: number | undefined };

/** Scores count with both bounds of the range. */
const toKeys = ({ min, max }: Range) => ({
  /** The highest key that is too low. */
  floor: min === undefined ? BELOW_ALL : sortKey(min) - 1n,
  top: max === undefined ? ABOVE_ALL : sortKey(max),
});

export type Own = { readonly scores_count: number; readonly value: number; readonly rank: number };
export type Ranked = { readonly userId: number; readonly value: number; readonly rank: number };

export type Window = {
  /** Positions in the list of scores, from 1. Equal scores have consecutive positions and share a rank. */
  readonly from: number;
  readonly to: number;
  readonly range: Range;
};

/** Maximum number of scores in a response. */
const MOST = 10;

export type Ranking = ReturnType<typeof createRanking>;

/** Ranks in competition order (1, 2, 2, 4), among the scores of a range. */
export function createRanking(db: Database) {
  const board = sql`(SELECT id FROM board)`;
  const findBoard = (appId: number, leaderboard: string) => sql`
    board AS (SELECT id FROM plattr.leaderboards WHERE app_id = ${appId} AND key = ${indexKey(leaderboard)})`;

  return {
    /** Undefined if the user has no score in the leaderboard or in the range. */
    async own(appId: number, leaderboard: string, userId: number, range: Range): Promise<Own | undefined> {
      const { floor, top } = toKeys(range);
      const { rows } = await db.execute<{ value: number; rank: string; total: string }>(sql`
        WITH ${findBoard(appId, leaderboard)},
        mine AS (
          SELECT value, sort_key FROM plattr.scores WHERE leaderboard_id = ${board} AND user_id = ${userId}
            AND sort_key > ${String(floor)}::bigint AND sort_key <= ${String(top)}::bigint
        ),
        bounds AS (
          SELECT 'mine' AS name, sort_key AS key FROM mine
          UNION ALL SELECT 'floor', ${String(floor)}::bigint FROM mine
          UNION ALL SELECT 'top', ${String(top)}::bigint FROM mine
        ),
        ${countAbove(board, 'bounds')}
        SELECT mine.value::float8 AS value,
          (1 + better.count - top.count)::text AS rank, (low.count - top.count)::text AS total
        FROM mine, above AS better, above AS top, above AS low
        WHERE better.name = 'mine' AND top.name = 'top' AND low.name = 'floor'`);
      const [row] = rows;
      return row && { scores_count: Number(row.total), value: row.value, rank: Number(row.rank) };
    },

    /** The scores at these places, ten at most. */
    async list(appId: number, leaderboard: string, { from, to, range }: Window): Promise<readonly Ranked[]> {
      const limit = Math.min(MOST, to - from + 1);
      if (limit < 1) return [];
      const { floor, top } = toKeys(range);
      // All statements of the transaction see the state at its first statement.
      return db.transaction(
        async (tx) => {
          const found = await tx.execute<{ id: string }>(sql`
            WITH ${findBoard(appId, leaderboard)} SELECT id::text AS id FROM board`);
          if (found.rows[0] === undefined) return [];
          const id = sql`${found.rows[0].id}::bigint`;
          const [above = 0, notBelow = 0] = await countEach(tx, id, [top, floor]);
          if (above + from > notBelow) return [];
          const place = await findPosition(tx, id, above + from);
          const { rows } = await tx.execute<{ user: string; value: number; key: string }>(sql`
            SELECT user_id::text AS user, value::float8 AS value, sort_key::text AS key FROM plattr.scores
            WHERE leaderboard_id = ${id} AND sort_key <= ${String(place.high)}::bigint
              AND sort_key > ${String(floor)}::bigint
            ORDER BY sort_key DESC, user_id LIMIT ${limit} OFFSET ${place.offset}`);
          const [first] = rows;
          if (first === undefined) return [];
          const [better = 0] = await countEach(tx, id, [BigInt(first.key)]);
          return rank(rows, from, 1 + better - above);
        },
        { isolationLevel: 'repeatable read', accessMode: 'read only' },
      );
    },
  };
}

/** For each key, how many scores are above it. */
async function countEach(tx: Database, board: SQL, keys: readonly bigint[]): Promise<readonly number[]> {
  const { rows } = await tx.execute<{ count: string }>(sql`
    WITH bounds AS (
      SELECT name, key::bigint AS key FROM unnest(${sql.param(keys.map(String))}::text[]) WITH ORDINALITY AS given (key, name)
    ),
    ${countAbove(board, 'bounds')}
    SELECT count::text AS count FROM above ORDER BY name`);
  return rows.map(({ count }) => Number(count));
}

/** Equal scores share the rank of the first one. The rank of any other score is its position. */
function rank(
  rows: readonly { readonly user: string; readonly value: number; readonly key: string }[],
  from: number,
  firstRank: number,
): readonly Ranked[] {
  let current = firstRank;
  return rows.map(({ user, value, key }, index) => {
    if (index > 0 && key !== rows[index - 1]?.key) current = from + index;
    return { userId: Number(user), value, rank: current };
  });
}
