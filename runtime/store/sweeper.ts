import { sql } from 'drizzle-orm';
import type { Database } from './database.ts';

/** Removes expired rows and returns their number. Several processes may run it at once. */
export type Sweep = (db: Database) => Promise<number>;

/** Deletes expired rows at intervals. */
export type Sweeper = {
  /** Sweeps once, now. */
  sweep(): Promise<void>;
  /** Ends after the sweep under way. */
  stop(): Promise<void>;
};

/** Rows per statement: a delete of many rows would hold its locks for long. */
const CHUNK = 1000;

const expired =
  (table: 'replays' | 'deliveries' | 'tokens'): Sweep =>
  (db) => {
    const [name, most] = [sql.raw(`countersign.${table}`), sql.raw(String(CHUNK))];
    return count(
      db,
      sql`DELETE FROM ${name} WHERE key IN (
        SELECT key FROM ${name} WHERE expires_at <= now() LIMIT ${most} FOR UPDATE SKIP LOCKED) RETURNING 1 AS one`,
    );
  };

const ownSweeps: readonly Sweep[] = [
  expired('replays'),
  expired('deliveries'),
  expired('tokens'),
  (db) =>
    count(
      db,
      // An hour late: processes judge the window by their own clocks.
      sql`DELETE FROM countersign.rate_limits WHERE key IN (
        SELECT key FROM countersign.rate_limits WHERE expire <= now() - interval '1 hour' LIMIT ${sql.raw(String(CHUNK))}
        FOR UPDATE SKIP LOCKED) RETURNING 1 AS one`,
    ),
];

async function count(db: Database, statement: ReturnType<typeof sql>): Promise<number> {
  return (await db.execute(statement)).rows.length;
}

/** The rows that a sweeper deletes, and the interval. */
export type SweeperOptions = {
  readonly sweeps?: readonly Sweep[];
  /** Milliseconds between sweeps. Default a minute. */
  readonly every?: number;
  readonly onError?: (error: unknown) => void;
};

/**
 * Removes expired rows now and then, for as long as the process runs; it does not keep the process alive.
 *
 * @example
 * ```ts
 * const { db } = await openStore();
 * const sweeper = createSweeper(db, { every: 60_000, onError: console.error });
 * await sweeper.stop();
 * ```
 */
export function createSweeper(
  db: Database,
  { sweeps = [], every = 60_000, onError = () => {} }: SweeperOptions = {},
): Sweeper {
  let running: Promise<void> = Promise.resolve();
  let stopped = false;
  const sweepAll = async (): Promise<void> => {
    for (const sweep of [...ownSweeps, ...sweeps]) {
      try {
        while (!stopped && (await sweep(db)) >= CHUNK);
      } catch (error) {
        onError(error);
      }
    }
  };
  const sweep = (): Promise<void> => {
    running = running.then(sweepAll);
    return running;
  };
  const timer = setInterval(sweep, every);
  timer.unref();
  return {
    sweep,
    stop() {
      stopped = true;
      clearInterval(timer);
      return running;
    },
  };
}
