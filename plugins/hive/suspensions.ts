import type { Database } from '@countersign/runtime/store';
import { sql } from 'drizzle-orm';

export type SuspensionOptions = {
  /** Only of this game. Default: of every game that was received. */
  readonly gameIndex?: number;
  /** IANA name of the zone that Hive's dates are in. Default `UTC`. */
  readonly timeZone?: string;
};

export type Suspension = {
  readonly status: 'P' | 'B';
  /** Undefined: permanent. */
  readonly until: Date | undefined;
};

export type Suspensions = {
  /** The suspension of a player at a moment; from its start on, its end excluded. */
  find(playerId: number, at: Date): Promise<Suspension | undefined>;
  isSuspended(playerId: number, at: Date): Promise<boolean>;
};

/**
 * What a game checks before it accepts a player.
 *
 * @throws {RangeError} if the time zone does not exist
 */
export function createSuspensions(db: Database, { gameIndex, timeZone = 'UTC' }: SuspensionOptions = {}): Suspensions {
  // Checked at once: the database would only report it at the first query.
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
