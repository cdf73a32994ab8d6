import { sql } from 'drizzle-orm';
import type { Database } from './database.ts';

/** Removes expired rows and returns their number. Several processes may run it at once. */
export type Sweep = (db: Database) => Promise<number>;

/** Deletes expired rows at intervals. */
export type Sweeper = {
  /** Runs one sweep at once. */
  sweep(): Promise<void>;
  /** Stops the sweeper after the current sweep. */
  stop(): Promise<void>;
};

/** Number of rows per statement. Deleting many rows at once would hold locks for a long time. */
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
      // Rows are deleted an hour late, because processes evaluate the window by their own clocks.
      sql`DELETE FROM countersign.rate_limits WHERE key IN (
        SELECT key FROM countersign.rate_limits WHERE expire <= now() - interval '1 hour' LIMIT ${sql.raw(String(CHUNK))}
        FOR UPDATE SKIP LOCKED) RETURNING 1 AS one`,
    ),
];

async function count(db: Database, statement: ReturnType<typeof sql>): Promise<number> {
  return (await db.execute(statement)).rows.length;
}

/** The rows that a sweeper deletes, and its interval. */
export type SweeperOptions = {
  readonly sweeps?: readonly Sweep[];
  /** Milliseconds between sweeps. Default: one minute. */
  readonly every?: number;
  readonly onError?: (error: unknown) => void;
};

/**
 * Creates a sweeper that removes expired rows at intervals while the process runs. It does not keep the process alive.
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
