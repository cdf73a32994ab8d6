import { afterEach, describe, expect, test } from 'vitest';
import type { ClientOptions } from '../../../runtime/client/index.ts';
import { seed } from '../../run/seed.ts';
import { type Fate, losingWallet, walletClient } from './losing-wallet.ts';
import { proveTransfers } from './transfers.ts';

let wallet: Awaited<ReturnType<typeof losingWallet>>;
afterEach(() => wallet?.close());

/** One fate after the other; the last one stays. */
const turns =
  (...fates: Fate[]) =>
  () =>
    (fates.length > 1 ? fates.shift() : fates[0]) ?? 'fine';
const transfer = { body: { username: 'ada', coin: 100 } };

test.each<[string, Fate[], number, number]>([
  ['a request that is lost is sent again', ['lost', 'fine'], 1, 2],
  ['a request that nobody answers is sent again', ['lost-silently', 'fine'], 1, 2],
  ['a response that is lost is found', ['answer-lost'], 1, 1],
  ['a timeout after the transfer is found', ['answer-lost-silently'], 1, 1],
  ['a transfer that comes after the timeout is found', ['late'], 1, 1],
  ['a status that says later is asked about, then sent again', ['failed', 'fine'], 1, 2],
  ['a failure after the transfer is found', ['applied-and-failed'], 1, 1],
  ['three losses', ['lost', 'lost-silently', 'failed', 'answer-lost'], 1, 4],
])('%s', async (_, fates, rows, attempts) => {
  wallet = await losingWallet(turns(...fates));
  const result = await walletClient({ baseUrl: wallet.url }).transfer(transfer).withResponse();
  expect(result.error).toBeUndefined();
  expect(result.data).toEqual(wallet.rows[0]);
  expect(wallet.rows.length).toBe(rows);
  // On a busy machine a request can time out before it is read.
  expect(result.attempts).toBeGreaterThanOrEqual(attempts);
});

test('with no attempt left, the error says that it had no effect', async () => {
  wallet = await losingWallet(turns('lost'));
  const client = walletClient({ baseUrl: wallet.url, retry: { attempts: 2, base: 1 } });
  const { error } = await client.transfer(transfer);
  expect([error?.kind, error?.outcome, error?.attempts]).toEqual(['connection', 'not-applied', 2]);
  expect(error?.toJSON()).toMatchObject({ outcome: 'not-applied' });
  expect(error?.message).toMatch(/the provider did not apply it$/);
});

describe('what nobody can tell is not sent again', () => {
  const unknown = async (client: ReturnType<typeof walletClient>) => {
    const { error } = await client.transfer(transfer);
    return [error?.outcome, wallet.rows.length];
  };

  test('two equal rows of others', async () => {
    wallet = await losingWallet(turns('lost'));
    wallet.add('ada', 100);
    wallet.add('ada', 100);
    expect(await unknown(walletClient({ baseUrl: wallet.url }))).toEqual(['unknown', 2]);
  });

  test('the operation that lists fails', async () => {
    wallet = await losingWallet(turns('lost'), { listFails: () => true });
    expect(await unknown(walletClient({ baseUrl: wallet.url, retry: { attempts: 2, base: 1 } }))).toEqual([
      'unknown',
      0,
    ]);
  });

  test('as many rows as one response holds', async () => {
    wallet = await losingWallet(turns('lost'));
    wallet.add('ada', 7);
    expect(await unknown(walletClient({ baseUrl: wallet.url }, { max: 1 }))).toEqual(['unknown', 1]);
  });

  test('no time is left to wait', async () => {
    wallet = await losingWallet(turns('lost'));
    expect(await unknown(walletClient({ baseUrl: wallet.url, timeout: { attempt: 250, call: 700 } }))).toEqual([
      'unknown',
      0,
    ]);
  });

  test('an equal call whose end is unknown', async () => {
    wallet = await losingWallet(turns('answer-lost-silently', 'lost-silently'));
    const client = walletClient({ baseUrl: wallet.url });
    const aborted = AbortSignal.timeout(20);
    const first = client.transfer(transfer, { signal: aborted });
    const second = unknown(client);
    expect([(await first).error?.kind, (await second)[0]]).toEqual(['abort', 'unknown']);
  });
});

describe('equal transfers of one client are told apart by their rows', () => {
  test('one after the other', async () => {
    wallet = await losingWallet(turns('fine', 'lost', 'answer-lost', 'lost', 'fine'));
    const client = walletClient({ baseUrl: wallet.url });
    for (let i = 1; i <= 3; i += 1) {
      const { data } = await client.transfer(transfer);
      expect([data?.id, wallet.rows.length]).toEqual([i, i]);
    }
  });

  test('a purchase of as many coins is none', async () => {
    wallet = await losingWallet(turns('lost', 'fine'));
    wallet.add('ada', 100, 2);
    const { data } = await walletClient({ baseUrl: wallet.url }).transfer(transfer);
    expect(data?.id).toBe(2);
  });

  test('rows from before the call are none of it, also by a clock that is wrong by an hour', async () => {
    let ahead = 3_600_000 - 10_000;
    wallet = await losingWallet(turns('lost', 'answer-lost'), { date: () => Date.now() + ahead });
    wallet.add('ada', 100);
    ahead += 10_000;
    const { data } = await walletClient({ baseUrl: wallet.url }).transfer(transfer);
    expect([data?.id, wallet.rows.length]).toEqual([2, 2]);
  });
});

test.each<[string, ClientOptions]>([
  ['retries are off', { retry: false }],
  ['the provider refuses the call', { fetch: async () => Response.json({ error: 'no' }, { status: 422 }) }],
])('nobody is asked: %s', async (_, options) => {
  let listed = 0;
  wallet = await losingWallet(turns('lost'), {
    listFails() {
      listed += 1;
      return false;
    },
  });
  const { error } = await walletClient({ baseUrl: wallet.url, ...options }).transfer(transfer);
  expect([error?.attempts, listed, error?.outcome]).toEqual([1, 0, undefined]);
});

test('transfers that differ are each applied once and reported as such', async () => {
  const found = await proveTransfers({ count: 40, seed, alike: false });
  expect(found).toMatchObject({ applied: 40, rows: 40 });
});

test('of transfers that are alike, none is reported wrongly', async () => {
  await proveTransfers({ count: 24, seed, alike: true });
});
