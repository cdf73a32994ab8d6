import type { Database } from './database.ts';
import type { Opened } from './pglite.ts';

export async function openPostgres(
  url: string,
  connections: number,
  onError: ((error: Error) => void) | undefined,
): Promise<Opened> {
  const [{ default: pg }, { drizzle }] = await Promise.all([import('pg'), import('drizzle-orm/node-postgres')]);
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    application_name: 'countersign',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  });
  // Without a listener a connection that breaks while idle would end the process.
  pool.on('error', (error) => onError?.(error));
  return { db: drizzle({ client: pool }) as unknown as Database, close: () => pool.end() };
}
