import { openStore } from '@countersign/runtime/store';
import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { diceyFunOf, type WalletRecord } from './dicey-fun-http.ts';
import { type SandboxProcess, startProcesses, type TestPostgres, together } from './harness/index.ts';

const PLAYERS = Array.from({ length: 50 }, (_, index) => `transfer player ${index}`);
const START = 1000;

const pick = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T;

/**
 * Concurrent random transfers over these processes, many of which exceed the balance. Then the stored data is compared
 * with the responses.
 */
export async function transferAtRandom(
  processes: readonly SandboxProcess[],
  count: number,
): Promise<readonly WalletRecord[]> {
  const clients = await Promise.all(processes.map(diceyFunOf));
  await together(PLAYERS, 8, async (username) => {
    await pick(clients).create(username);
    await pick(clients).transfer(username, START);
  });
  const answers = await together(Array.from({ length: count }), 64, async () => {
    const coin = (1 + Math.floor(Math.random() * 900)) * (Math.random() < 0.5 ? 1 : -1);
    const username = pick(PLAYERS);
    return { username, coin, answer: await pick(clients).transfer(username, coin) };
  });
  const counts = Object.groupBy(answers, ({ answer }) => String(answer.code));
  expect(Object.keys(counts).toSorted()).toEqual(['200', '422']);
  // About a quarter exceeds the balance.
  expect(counts['422']?.length).toBeGreaterThan(count / 100);
  for (const { coin } of counts['422'] ?? []) expect(coin).toBeLessThan(0);

  const accepted = (counts['200'] ?? []).map(({ answer }) => answer.data);
  for (const username of PLAYERS) {
    const own = (counts['200'] ?? []).filter((each) => each.username === username).map(({ answer }) => answer.data);
    const records = (await pick(clients).records(username)).toReversed();
    expect(records).toHaveLength(own.length + 1);
    // Each record matches its response, and continues the previous one.
    let balance = 0;
    for (const record of records) {
      expect(record.wallet_before).toBe(balance);
      expect(record.wallet_after).toBe(record.wallet_before + record.coin);
      expect(record.wallet_after).toBeGreaterThanOrEqual(0);
      balance = record.wallet_after;
    }
    expect(await pick(clients).balance(username)).toBe(balance);
    const byId = new Map(records.map((record) => [record.id, record]));
    for (const record of own) expect(byId.get(record.id)).toMatchObject(record);
  }
  const sum = (await Promise.all(PLAYERS.map((username) => pick(clients).balance(username)))).reduce(
    (a, b) => a + b,
    0,
  );
  expect(sum).toBe(PLAYERS.length * START + accepted.reduce((total, { coin }) => total + coin, 0));
  return accepted;
}

/** The same over two processes on one PostgreSQL. Then the tables are compared with the responses. */
export async function transferOverTwoProcesses(postgres: TestPostgres, count: number): Promise<void> {
  const databaseUrl = await postgres.createDatabase();
  const processes = await startProcesses(2, { providers: ['dicey-fun'], databaseUrl });
  try {
    const accepted = await transferAtRandom(processes, count);
    const store = await openStore({ url: databaseUrl });
    const { rows } = await store.db.execute<{ kept: number; wrong: number; negative: number }>(sql`
      SELECT
        (SELECT count(*)::int FROM dicey_fun.dice_player_wallet_record AS r JOIN dicey_fun.dice_player AS p
          ON p.id = r.player_id AND p.username LIKE 'transfer %') AS kept,
        (SELECT count(*)::int FROM dicey_fun.dice_player AS p WHERE coin <> (
          SELECT coalesce(sum(r.coin), 0) FROM dicey_fun.dice_player_wallet_record AS r WHERE r.player_id = p.id)) AS wrong,
        (SELECT count(*)::int FROM dicey_fun.dice_player WHERE coin < 0) AS negative`);
    expect(rows).toEqual([{ kept: accepted.length + PLAYERS.length, wrong: 0, negative: 0 }]);
    await store.close();
  } finally {
    for (const process of processes) await process.stop();
  }
}
