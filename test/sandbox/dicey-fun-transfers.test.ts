import { afterAll, beforeAll, test } from 'vitest';
import { openPostgres, type TestPostgres } from './harness/index.ts';
import { transferOverTwoProcesses } from './transfer-at-random.ts';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await openPostgres();
});
afterAll(() => postgres.stop());

test('400 parallel random transfers over 50 players conserve the sum: two processes on PostgreSQL', async () => {
  await transferOverTwoProcesses(postgres, 400);
});
