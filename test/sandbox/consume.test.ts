import { afterAll, beforeAll, expect, test } from 'vitest';
import { dailyPlayOf } from './dailyplay-http.ts';
import { type SandboxProcess, startPostgres, startProcesses, type TestPostgres, together } from './harness/index.ts';

let postgres: TestPostgres;
let processes: readonly SandboxProcess[];

beforeAll(async () => {
  postgres = await startPostgres();
  processes = await startProcesses(2, { providers: ['dailyplay'], databaseUrl: await postgres.createDatabase() });
}, 60_000);

afterAll(async () => {
  for (const process of processes) await process.stop();
  await postgres.stop();
});

test('of 1,000 consumes of one token at once, over two processes, one answers 200 and 999 answer 410', async () => {
  const [first, second] = processes.map(dailyPlayOf);
  if (first === undefined || second === undefined) throw new Error('two processes');
  for (const round of [1, 2, 3]) {
    const token = await first.create(`round ${round}`);
    const calls = Array.from({ length: 1000 }, (_, index) => (index % 2 === 0 ? first : second));
    const statuses = await together(calls, 1000, (client) => client.consume(token));
    expect(Object.groupBy(statuses, String)['200']).toHaveLength(1);
    expect(Object.groupBy(statuses, String)['410']).toHaveLength(999);
    expect(await second.state(token)).toBe('consumed');
  }
}, 60_000);
