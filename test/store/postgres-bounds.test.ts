import { createServer } from 'node:net';
import { openStore } from '@countersign/runtime/store';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { explainStart } from '../../scripts/commands/cli/explain-start.ts';
import { openPostgres, type TestPostgres } from '../sandbox/harness/index.ts';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await openPostgres();
});
afterAll(() => postgres.stop());

/** A port of this machine without a listener. */
async function deadPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function readOnlyDatabase(): Promise<string> {
  const url = await postgres.createDatabase();
  const store = await openStore({ url });
  await store.db.execute(
    sql.raw(`ALTER DATABASE ${new URL(url).pathname.slice(1)} SET default_transaction_read_only = on`),
  );
  await store.close();
  return url;
}

const explain = (error: unknown) => explainStart(error, { port: 4000, host: '127.0.0.1' }, true);

test('a query timeout fails only that query: the next one has another connection', async () => {
  const store = await openStore({ url: await postgres.createDatabase(), connections: 1, queryTimeout: 1000 });
  await expect(store.db.execute(sql`SELECT pg_sleep(600)`)).rejects.toThrow();
  const { rows } = await store.db.execute<{ one: number }>(sql`SELECT 1 AS one`);
  expect(rows).toEqual([{ one: 1 }]);
  await store.close();
});

test('close does not wait for a query that never ends', async () => {
  const store = await openStore({ url: await postgres.createDatabase(), queryTimeout: 600_000 });
  const asked = expect(store.db.execute(sql`SELECT pg_sleep(600)`)).rejects.toThrow();
  await store.db.execute(sql`SELECT 1`);
  await store.close();
  await asked;
});

test('of several hosts, the one that is reachable and writable is used', async () => {
  const url = new URL(await postgres.createDatabase());
  const hosts = `127.0.0.1:${await deadPort()},${url.host}`;
  const several = `postgres://postgres:postgres@${hosts}${url.pathname}?target_session_attrs=read-write`;
  const store = await openStore({ url: several });
  const { rows } = await store.db.execute<{ name: string }>(sql`SELECT current_database() AS name`);
  expect(rows).toEqual([{ name: url.pathname.slice(1) }]);
  await store.close();
});

test.each<[string, () => Promise<string>, string]>([
  ['a "#" in the password', async () => 'postgres://u:p#w@127.0.0.1/db', 'Write %23'],
  ['a port that is not a number', async () => 'postgres://u:p@127.0.0.1:port/db', 'from 1 to 65535'],
  [
    'an address without a server',
    async () => `postgres://u:p@127.0.0.1:${await deadPort()}/db`,
    'no server listens at this address',
  ],
  [
    'several addresses without a server',
    async () => `postgres://u:p@127.0.0.1:${await deadPort()},127.0.0.1:${await deadPort()}/db`,
    'no server listens at this address',
  ],
  [
    'an unknown database',
    async () => `${new URL('/nowhere', await postgres.createDatabase())}`,
    'the database does not exist',
  ],
  ['a read-only server', readOnlyDatabase, 'read-only hot standby'],
  [
    'several hosts, none writable',
    async () => `${await readOnlyDatabase()}?target_session_attrs=read-write`,
    'no writable server',
  ],
])('%s is reported with its reason', async (_, url, reason) => {
  const error: unknown = await openStore({ url: await url() }).then(
    () => 'opened',
    (thrown) => thrown,
  );
  expect(explain(error)).toMatch(/^DATABASE_URL/);
  expect(explain(error)).toContain(reason);
  expect(explain(error)).not.toContain('p#w');
});

test.each([
  'function pg_advisory_xact_lock(integer) does not exist',
  'unknown function: PG_ADVISORY_XACT_LOCK',
  'at or near "for update skip locked": unsupported',
])('an engine without a feature that the store needs: %s', (message) => {
  const error = new Error('Failed query: SELECT make_interval(…)', { cause: new Error(message) });
  expect(explain(error)).toMatch(
    /^DATABASE_URL: the database does not support (pg_advisory_xact_lock|for update skip locked),/i,
  );
});

test('another error is not explained by the text of its query', () => {
  expect(
    explain(new Error('Failed query: SELECT pg_advisory_xact_lock(1)', { cause: new Error('out of memory') })),
  ).toBe(undefined);
});
