import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { expectKeptUnderKills } from './dailyplay-kill.ts';
import { KILLS, openPostgres, type TestPostgres } from './harness/index.ts';

describe('kill -9 under load, ten times', () => {
  let postgres: TestPostgres;
  let folder: string;

  beforeAll(async () => {
    postgres = await openPostgres();
    folder = await mkdtemp(join(tmpdir(), 'countersign-kill-'));
  });
  afterAll(async () => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test('two processes on PostgreSQL: no acknowledged change is lost or doubled', async () => {
    await expectKeptUnderKills(2, KILLS, { providers: ['dailyplay'], databaseUrl: await postgres.createDatabase() });
  });

  test('one process on PGlite: no acknowledged change is lost or doubled', async () => {
    await expectKeptUnderKills(1, KILLS, { providers: ['dailyplay'], folder });
  });
});
