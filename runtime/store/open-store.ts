import type { Database } from './database.ts';
import { migrate } from './migrate.ts';
import { openPGlite } from './pglite.ts';
import { openPostgres } from './postgres.ts';

/**
 * Options of a store: its database and its limits.
 *
 * @example
 * ```ts
 * const options: StoreOptions = { url: process.env.DATABASE_URL, connections: 20 };
 * ```
 */
export type StoreOptions = {
  /** The URL of a server, `postgres://…`. Without it, the database is embedded. */
  readonly url?: string | undefined;
  /** The folder of the embedded database. Without `folder` and `url`, everything is in memory. */
  readonly folder?: string | undefined;
  /** Maximum number of connections to PostgreSQL. Default 10. */
  readonly connections?: number | undefined;
  /**
   * Timeout of a query in milliseconds. Default 2,500, which is shorter than any provider waits for a response.
   * Migrations and seeds have no limit.
   */
  readonly queryTimeout?: number | undefined;
  /** Called with errors of idle connections. The next query opens a new connection. */
  readonly onError?: ((error: Error) => void) | undefined;
};

/** An open database. */
export type Store = {
  /**
   * The kind of database. `postgres`: a server. `pglite`: embedded, in files. `memory`: embedded, lost when the process
   * ends.
   */
  readonly kind: 'postgres' | 'pglite' | 'memory';
  /** The database for Drizzle ORM. */
  readonly db: Database;
  /** The same database without a query timeout, for migrations and seeds. */
  readonly setup: Database;
  /** Waits for running queries, then closes the database. It can be called twice. */
  close(): Promise<void>;
};

/**
 * Opens the database and migrates the tables of the store to their newest state.
 *
 * @example
 * ```ts
 * const store = await openStore({ url: process.env.DATABASE_URL });
 * const replayStore = createReplayStore(store.db);
 * await store.close();
 * ```
 */
export async function openStore(options: StoreOptions = {}): Promise<Store> {
  const { url, folder, connections = 10, queryTimeout = 2500, onError } = options;
  const opened =
    url === undefined ? await openPGlite(folder) : await openPostgres(url, { connections, queryTimeout, onError });
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= opened.close();
    return closing;
  };
  try {
    await migrate(opened.setup, { name: 'countersign', folder: new URL('./migrations/', import.meta.url) });
  } catch (error) {
    await close();
    throw error;
  }
  const embedded = folder === undefined ? 'memory' : 'pglite';
  return { kind: url === undefined ? embedded : 'postgres', db: opened.db, setup: opened.setup, close };
}
