import type { Database } from '@countersign/runtime/store';
import { sql } from 'drizzle-orm';

export type SuspensionOptions = {
  /** Only suspensions of this game. Default: of every received game. */
  readonly gameIndex?: number;
  /** IANA name of the zone that Hive's dates are in. Default `UTC`. */
  readonly timeZone?: string;
};

export type Suspension = {
  readonly status: 'P' | 'B';
  /** Undefined means permanent. */
  readonly until: Date | undefined;
};

export type Suspensions = {
  /** The suspension of a player at a moment. It includes its start and excludes its end. */
  find(playerId: number, at: Date): Promise<Suspension | undefined>;
  isSuspended(playerId: number, at: Date): Promise<boolean>;
};

/**
 * The check of a game before it accepts a player.
 *
 * @throws {RangeError} if the time zone does not exist
 */
export function createSuspensions(db: Database, { gameIndex, timeZone = 'UTC' }: SuspensionOptions = {}): Suspensions {
  // Checked immediately: the database would only report an invalid zone at the first query.
  new Intl.DateTimeFormat('en', { timeZone });
  const game = gameIndex === undefined ? sql`TRUE` : sql`game_index = ${gameIndex}`;
  const find = async (playerId: number, at: Date): Promise<Suspension | undefined> => {
    const moment = at.toISOString();
    const { rows } = await db.execute<{ status: 'P' | 'B'; until: string }>(sql`
      SELECT status, (extract(epoch FROM end_date AT TIME ZONE ${timeZone}) * 1000)::float8::text AS until
      FROM hive.suspensions
      WHERE player_id = ${playerId} AND ${game}
        AND start_date AT TIME ZONE ${timeZone} <= ${moment}::timestamptz
        AND (status = 'P' OR end_date AT TIME ZONE ${timeZone} > ${moment}::timestamptz)
      ORDER BY status = 'P' DESC, end_date DESC LIMIT 1`);
    const [row] = rows;
    if (row === undefined) return undefined;
    return { status: row.status, until: row.status === 'P' ? undefined : new Date(Number(row.until)) };
  };
  return { find, isSuspended: async (playerId, at) => (await find(playerId, at)) !== undefined };
}
