import { afterAll, beforeAll, expect, test } from 'vitest';
import { dailyPlayOf } from './dailyplay-http.ts';
import { openPostgres, type SandboxProcess, startProcesses, type TestPostgres, together } from './harness/index.ts';

let postgres: TestPostgres;
let processes: readonly SandboxProcess[];

beforeAll(async () => {
  postgres = await openPostgres();
  processes = await startProcesses(2, { providers: ['dailyplay'], databaseUrl: await postgres.createDatabase() });
});

afterAll(async () => {
  for (const process of processes) await process.stop();
  await postgres.stop();
});

test('of 1,000 parallel consumes of one token by two processes, one returns 200 and 999 return 410', async () => {
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
});

test('a key with 100 calls a minute has 100 in both processes together, and then gets a Retry-After', async () => {
  const [first, second] = processes.map(dailyPlayOf);
  if (first === undefined || second === undefined) throw new Error('two processes');
  const key = await first.createKey({ name: 'Limited', rate_limit_per_minute: 100, rate_limit_per_day: 1000 });
  const calls = Array.from({ length: 400 }, (_, index) => (index % 2 === 0 ? first : second));
  const answers = await together(calls, 50, (client) => client.createWith(key));
  const { 200: accepted = [], 429: refused = [] } = Object.groupBy(answers, ({ status }) => status);
  expect(accepted).toHaveLength(100);
  expect(refused).toHaveLength(300);
  for (const { retryAfter } of refused) expect(retryAfter).toMatch(/^([1-9]|[1-5]\d|60)$/);
});
