import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore, type Store } from '../../../runtime/store/index.ts';
import { openDiceyFun } from './fixture.ts';

const DAY = 86_400_000;
const FIRST = Date.UTC(2026, 1, 16, 12);
const username = 'test_player_001';
const QUERIES = ['getPlayerGameRecord', 'getPlayerWalletRecord', 'getPlayerTicketRecord'] as const;

type Row = {
  readonly id: number;
  readonly wallet_before: number;
  readonly wallet_after: number;
  readonly coin: number;
};

let store: Store;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store.close());

const open = (start: number) => openDiceyFun(store, { start });

/** Of the last seven days, oldest first. */
async function listOf(dicey: Awaited<ReturnType<typeof open>>, query: (typeof QUERIES)[number]): Promise<Row[]> {
  const { data } = await dicey.post(query, { body: { username, limit: 2000 } });
  return (data as Row[]).toReversed();
}

test('a store that was unused for eight days has games of the last seven days again', async () => {
  const first = await open(FIRST);
  await first.post('setPlayerWallet', { body: { username, coin: 7 } });
  const before = await listOf(first, 'getPlayerWalletRecord');
  expect(before.length).toBeGreaterThan(0);

  const later = await open(FIRST + 8 * DAY);
  for (const query of QUERIES) expect((await listOf(later, query)).length, query).toBeGreaterThan(0);
  const rows = await listOf(later, 'getPlayerWalletRecord');
  expect(rows[0]?.wallet_before).toBe(before.at(-1)?.wallet_after);
  for (const [at, row] of rows.entries()) {
    expect(row.wallet_after).toBe(row.wallet_before + row.coin);
    if (at > 0) expect(row.wallet_before).toBe(rows[at - 1]?.wallet_after);
  }
  const { data } = await later.post('getPlayerInfo', { body: { username } });
  expect(data).toMatchObject({ coin: rows.at(-1)?.wallet_after });
});

test('a store that was reopened soon is unchanged', async () => {
  const at = FIRST + 8 * DAY + 3_600_000;
  const rows = await listOf(await open(at), 'getPlayerWalletRecord');
  expect(await listOf(await open(at + 60_000), 'getPlayerWalletRecord')).toEqual(rows);
});

test('two processes that start at once create the games once', async () => {
  const at = FIRST + 20 * DAY;
  const [one] = await Promise.all([open(at), open(at)]);
  const rows = await listOf(one, 'getPlayerWalletRecord');
  expect(rows.length).toBeGreaterThan(0);
  for (const [i, row] of rows.entries()) if (i > 0) expect(row.wallet_before).toBe(rows[i - 1]?.wallet_after);
});
