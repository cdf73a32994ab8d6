import { afterAll, beforeAll, test } from 'vitest';
import { expectKeptUnderKills } from './dailyplay-kill.ts';
import { openPostgres, type TestPostgres } from './harness/index.ts';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await openPostgres();
});
afterAll(() => postgres.stop());

test('kill -9 under load, of each of two processes on PostgreSQL: nothing acknowledged is lost or doubled', async () => {
  await expectKeptUnderKills(2, 2, { providers: ['dailyplay'], databaseUrl: await postgres.createDatabase() });
});
