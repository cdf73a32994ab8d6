import { afterAll, beforeAll, describe, test } from 'vitest';
import { openPostgres, startProcess, type TestPostgres } from './harness/index.ts';
import { transferAtRandom, transferOverTwoProcesses } from './transfer-at-random.ts';

describe('random concurrent transfers over 50 players conserve the sum', () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await openPostgres();
  });
  afterAll(() => postgres.stop());

  test('10,000 over two processes on PostgreSQL', async () => {
    await transferOverTwoProcesses(postgres, 10_000);
  });

  test('2,500 over one process on PGlite, which has one connection', async () => {
    const process = await startProcess({ providers: ['dicey-fun'] });
    try {
      await transferAtRandom([process], 2500);
    } finally {
      await process.stop();
    }
  });
});
