import { type Database, type Sweep, transact } from '@countersign/runtime/store';
import { sql } from 'drizzle-orm';

/** A row as Hive sends it; dates are `YYYY-MM-DD HH:mm:ss`. */
export type SuspensionRow = {
  readonly player_id: number;
  readonly status: 'P' | 'B';
  readonly start_date: string;
  readonly end_date: string;
};

/**
 * Stores a batch completely or not at all. Rows that were received before change nothing, so that a batch may be
 * repeated, in any order: of a player's suspensions, the one that starts latest applies, and of those that start
 * together, the one that was received last.
 */
export async function receiveSuspensions(
  db: Database,
  gameIndex: number,
  rows: readonly SuspensionRow[],
): Promise<void> {
  const batch = rows.map(({ player_id, status, start_date, end_date }, position) => {
    return { player_id, status, start_date: toStored(start_date), end_date: toStored(end_date), position };
  });
  // Rows are written in the order of players: two batches that meet wait for each other, and never both.
  await transact(db, (tx) =>
    tx.execute(sql`
      WITH fresh AS (
        INSERT INTO hive.changes (game_index, player_id, status, start_date, end_date)
        SELECT ${gameIndex}::bigint, player_id, status, start_date, end_date
        FROM json_to_recordset(${JSON.stringify(batch)}::json)
          AS batch (player_id bigint, status text, start_date timestamp, end_date timestamp, position int)
        ORDER BY player_id, position
        ON CONFLICT DO NOTHING
        RETURNING *
      ), latest AS (
        SELECT DISTINCT ON (player_id) * FROM fresh ORDER BY player_id, start_date DESC, id DESC
      )
      INSERT INTO hive.suspensions AS known (game_index, player_id, status, start_date, end_date, change_id)
      SELECT game_index, player_id, status, start_date, end_date, id FROM latest ORDER BY player_id
      ON CONFLICT (player_id, game_index) DO UPDATE
        SET status = excluded.status, start_date = excluded.start_date, end_date = excluded.end_date,
            change_id = excluded.change_id
        WHERE (excluded.start_date, excluded.change_id) > (known.start_date, known.change_id)`),
  );
}

/** PostgreSQL does not have the year 0, which `YYYY` allows. */
const toStored = (date: string): string => (date.startsWith('0000-') ? '0001-01-01 00:00:00' : date);

/** Replaced changes are removed after 90 days: no delivery is that late. */
export const sweepChanges: Sweep = async (db) => {
  const { rows } = await db.execute(sql`
    DELETE FROM hive.changes WHERE id IN (
      SELECT id FROM hive.changes
      WHERE received_at <= now() - interval '90 days'
        AND NOT EXISTS (SELECT FROM hive.suspensions WHERE change_id = changes.id)
      LIMIT 1000 FOR UPDATE SKIP LOCKED) RETURNING 1 AS one`);
  return rows.length;
};
