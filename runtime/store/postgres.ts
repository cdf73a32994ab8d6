import { boundClient, type Internals } from './bounded-client.ts';
import { createHostChooser } from './choose-host.ts';
import type { Database } from './database.ts';
import { parseDatabaseUrl } from './database-url.ts';
import type { Opened } from './pglite.ts';

/** Limits of a pool of connections. */
export type PostgresOptions = {
  /** Maximum number of connections. */
  readonly connections: number;
  /** Timeout of a query in milliseconds. */
  readonly queryTimeout: number;
  readonly onError: ((error: Error) => void) | undefined;
};

/** Milliseconds for which closing waits for running queries. Then their connections are closed. */
const CLOSING = 5000;

/** Opens a pool of connections to a PostgreSQL server. */
export async function openPostgres(url: string, options: PostgresOptions): Promise<Opened> {
  const { connections, queryTimeout, onError } = options;
  const { hosts, writable, connectionString } = parseDatabaseUrl(url);
  const [{ default: pg }, { drizzle }] = await Promise.all([import('pg'), import('drizzle-orm/node-postgres')]);
  const open = new Set<Internals>();
  const choose = hosts.length > 1 || writable ? createHostChooser(pg, connectionString, hosts) : undefined;
  const shared = {
    connectionString,
    application_name: 'countersign',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    Client: boundClient(pg, choose, open),
  };
  const pool = new pg.Pool({ ...shared, max: connections, query_timeout: queryTimeout });
  // Migrations wait for each other and have no time limit. They use one connection, which exists only while they run.
  const setupPool = new pg.Pool({ ...shared, max: 1, idleTimeoutMillis: 1000 });
  // Without a listener, a connection that breaks while idle would end the process.
  for (const each of [pool, setupPool]) each.on('error', (error) => onError?.(error));
  const close = async (): Promise<void> => {
    // A database that does not respond would delay the end of the process.
    const cut = setTimeout(() => {
      for (const { connection } of open) connection.stream.destroy();
    }, CLOSING);
    await Promise.all([pool.end(), setupPool.end()]);
    clearTimeout(cut);
  };
  return {
    db: drizzle({ client: pool }) as unknown as Database,
    setup: drizzle({ client: setupPool }) as unknown as Database,
    close,
  };
}
