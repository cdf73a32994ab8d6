import { describe, expect, type TestContext, test } from 'vitest';
import type { ClientOptions } from '../../../runtime/client/index.ts';
import { seed } from '../../run/seed.ts';
import { type Fate, losingWallet, walletClient } from './losing-wallet.ts';
import { proveTransfers } from './transfers.ts';

/** A wallet that exists as long as its test. */
async function openWallet({ onTestFinished }: TestContext, ...args: Parameters<typeof losingWallet>) {
  const wallet = await losingWallet(...args);
  onTestFinished(async () => void (await wallet.close()));
  return wallet;
}

/** One result after the other. The last one repeats. */
const turns =
  (...fates: Fate[]) =>
  () =>
    (fates.length > 1 ? fates.shift() : fates[0]) ?? 'fine';
type Wallet = Awaited<ReturnType<typeof losingWallet>>;
const transfer = { body: { username: 'ada', coin: 100 } };

test.concurrent.for<[string, Fate[], number, number]>([
  ['a lost request is sent again', ['lost', 'fine'], 1, 2],
  ['a lost request without a connection error is sent again', ['lost-silently', 'fine'], 1, 2],
  ['a transfer whose response is lost is found', ['response-lost'], 1, 1],
  ['a transfer that was applied before the timeout is found', ['response-lost-silently'], 1, 1],
  ['a transfer that was applied after the timeout is found', ['late'], 1, 1],
  [
    'after a status that means "retry later", the client looks up the transfer, then sends it again',
    ['failed', 'fine'],
    1,
    2,
  ],
  ['a transfer that was applied before an error response is found', ['applied-and-failed'], 1, 1],
  ['three losses', ['lost', 'lost-silently', 'failed', 'response-lost'], 1, 4],
])('%s', async ([, fates, rows, attempts], context) => {
  const wallet = await openWallet(context, turns(...fates));
  const result = await walletClient({ baseUrl: wallet.url }).transfer(transfer).withResponse();
  expect(result.error).toBeUndefined();
  expect(result.data).toEqual(wallet.rows[0]);
  expect(wallet.rows.length).toBe(rows);
  // On a busy machine a request can time out before it is read.
  expect(result.attempts).toBeGreaterThanOrEqual(attempts);
});

test.concurrent('after the last attempt, the error says that the call had no effect', async (context) => {
  const wallet = await openWallet(context, turns('lost'));
  const client = walletClient({ baseUrl: wallet.url, retry: { attempts: 2, base: 1 } });
  const { error } = await client.transfer(transfer);
  expect([error?.kind, error?.outcome, error?.attempts]).toEqual(['connection', 'not-applied', 2]);
  expect(error?.toJSON()).toMatchObject({ outcome: 'not-applied' });
  expect(error?.message).toMatch(/the provider did not apply the call$/);
});

describe('a call with an ambiguous result is not sent again', () => {
  const unknown = async (client: ReturnType<typeof walletClient>, wallet: Wallet) => {
    const { error } = await client.transfer(transfer);
    return [error?.outcome, wallet.rows.length];
  };

  test.concurrent('two identical rows of other calls', async (context) => {
    const wallet = await openWallet(context, turns('lost'));
    wallet.add('ada', 100);
    wallet.add('ada', 100);
    expect(await unknown(walletClient({ baseUrl: wallet.url }), wallet)).toEqual(['unknown', 2]);
  });

  test.concurrent('the list operation fails', async (context) => {
    const wallet = await openWallet(context, turns('lost'), { listFails: () => true });
    // It repeats the lookup until the call has no time left.
    const client = walletClient({ baseUrl: wallet.url, timeout: { attempt: 250, call: 5_000 } });
    expect(await unknown(client, wallet)).toEqual(['unknown', 0]);
  });

  test.concurrent('a response with the maximum number of rows', async (context) => {
    const wallet = await openWallet(context, turns('lost'));
    wallet.add('ada', 7);
    expect(await unknown(walletClient({ baseUrl: wallet.url }, { max: 1 }), wallet)).toEqual(['unknown', 1]);
  });

  test.concurrent('no time is left to wait', async (context) => {
    const wallet = await openWallet(context, turns('lost'));
    expect(await unknown(walletClient({ baseUrl: wallet.url, timeout: { attempt: 250, call: 700 } }), wallet)).toEqual([
      'unknown',
      0,
    ]);
  });

  test.concurrent('an identical call whose outcome is unknown', async (context) => {
    const wallet = await openWallet(context, turns('response-lost-silently', 'lost-silently'));
    const client = walletClient({ baseUrl: wallet.url });
    const aborted = AbortSignal.timeout(20);
    const first = client.transfer(transfer, { signal: aborted });
    const second = unknown(client, wallet);
    expect([(await first).error?.kind, (await second)[0]]).toEqual(['abort', 'unknown']);
  });
});

describe('rows distinguish identical transfers of one client', () => {
  test.concurrent('sequential transfers', async (context) => {
    const wallet = await openWallet(context, turns('fine', 'lost', 'response-lost', 'lost', 'fine'));
    const client = walletClient({ baseUrl: wallet.url });
    for (let i = 1; i <= 3; i += 1) {
      const { data } = await client.transfer(transfer);
      expect([data?.id, wallet.rows.length]).toEqual([i, i]);
    }
  });

  test.concurrent('a purchase of the same amount does not count', async (context) => {
    const wallet = await openWallet(context, turns('lost', 'fine'));
    wallet.add('ada', 100, 2);
    const { data } = await walletClient({ baseUrl: wallet.url }).transfer(transfer);
    expect(data?.id).toBe(2);
  });

  test.concurrent('rows from before the call do not count, even if a clock is an hour off', async (context) => {
    let ahead = 3_600_000 - 10_000;
    const wallet = await openWallet(context, turns('lost', 'response-lost'), { date: () => Date.now() + ahead });
    wallet.add('ada', 100);
    ahead += 10_000;
    const { data } = await walletClient({ baseUrl: wallet.url }).transfer(transfer);
    expect([data?.id, wallet.rows.length]).toEqual([2, 2]);
  });
});

test.concurrent.for<[string, ClientOptions]>([
  ['retries are off', { retry: false }],
  ['the provider rejects the call', { fetch: async () => Response.json({ error: 'no' }, { status: 422 }) }],
])('the client sends no lookup: %s', async ([, options], context) => {
  let listed = 0;
  const wallet = await openWallet(context, turns('lost'), {
    listFails() {
      listed += 1;
      return false;
    },
  });
  const { error } = await walletClient({ baseUrl: wallet.url, ...options }).transfer(transfer);
  expect([error?.attempts, listed, error?.outcome]).toEqual([1, 0, undefined]);
});

test.concurrent('different transfers are each applied once and reported correctly', async () => {
  const found = await proveTransfers({ count: 40, seed, alike: false });
  expect(found).toMatchObject({ applied: 40, rows: 40 });
});

test.concurrent('no identical transfer is reported wrongly', async () => {
  await proveTransfers({ count: 24, seed, alike: true });
});
