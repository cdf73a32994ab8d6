/** A nonce that grows, as Kraken's: the server compares it with the last one of the same caller. */
import { createHmac } from 'node:crypto';
import { createMemoryReplayStore, type ReplayStore } from '@countersign/runtime/server';
import { createReplayStore, openStore, type Store } from '@countersign/runtime/store';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientOf, contractOf, serverOf } from './scheme.ts';

const contract = contractOf({
  algorithm: 'hmac-sha256',
  key: { credential: 'secret' },
  nonce: { in: 'header', name: 'X-Nonce', form: 'counter' },
  message: { join: '\n', parts: ['nonce', 'body'] },
  credentials: { apiKey: { in: 'header', name: 'X-Key' }, secret: {} },
});
const KEYS = [
  { apiKey: 'a', secret: 's' },
  { apiKey: 'b', secret: 't' },
] as const;

function request(nonce: string, { apiKey, secret } = KEYS[0] as { apiKey: string; secret: string }): Request {
  const body = '{"amount":1}';
  const sign = createHmac('sha256', secret).update(`${nonce}\n${body}`).digest('hex');
  const headers = { 'content-type': 'application/json', 'x-key': apiKey, 'x-nonce': nonce, 'x-sign': sign };
  return new Request('https://a.invalid/orders', { method: 'POST', headers, body });
}

let store: Store;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store.close());

const stores: readonly (readonly [name: string, make: () => ReplayStore])[] = [
  ['in memory', () => createMemoryReplayStore()],
  ['in the store', () => createReplayStore(store.db)],
];

describe.each(stores)('%s', (_, make) => {
  const table: readonly (readonly [what: string, nonces: readonly string[], statuses: readonly number[]])[] = [
    ['larger numbers', ['1', '2', '10'], [200, 200, 200]],
    ['the same number', ['1000', '1000'], [200, 401]],
    ['a smaller number', ['2000', '1999', '2001'], [200, 401, 200]],
    ['the same number with a leading zero', ['3000', '03000'], [200, 401]],
    ['fewer digits, then more', ['9999', '10000', '9999'], [200, 200, 401]],
    ['numbers beyond 2^53', ['9007199254740993', '9007199254740992', '9007199254740994'], [200, 401, 200]],
    ['numbers beyond 2^64', ['18446744073709551616', '18446744073709551615'], [200, 401]],
    ['a signed number', ['-1', '+99999999999999999999999'], [401, 401]],
    ['a fraction', ['99999999999999999999999.5'], [401]],
    ['an exponent', ['1e30'], [401]],
    ['a text that is not a number', ['abc', 'NaN', 'Infinity', '0x7fffffffffffffffffffffff'], [401, 401, 401, 401]],
    ['too many digits', ['9'.repeat(39)], [401]],
  ];

  test.each(table)('%s', async (_what, nonces, statuses) => {
    // Each row has its own provider in the store, because rows of a database stay.
    const api = { ...contract.api, descriptor: { ...contract.api.descriptor, provider: `p${nonces.join()}` } };
    const server = serverOf({ ...contract, api }, KEYS, { replayStore: make() });
    const got: number[] = [];
    for (const nonce of nonces) got.push((await server.fetch(request(nonce))).status);
    expect(got).toEqual(statuses);
  });

  test('each caller has its own sequence, and a wrong signature does not advance it', async () => {
    const api = { ...contract.api, descriptor: { ...contract.api.descriptor, provider: 'callers' } };
    const server = serverOf({ ...contract, api }, KEYS, { replayStore: make() });
    const ask = async (sent: Request): Promise<number> => (await server.fetch(sent)).status;
    const [first, second] = KEYS;
    const forged = request('500', { ...first, secret: 'x' });
    expect([await ask(request('7')), await ask(forged), await ask(request('8'))]).toEqual([200, 401, 200]);
    expect([await ask(request('3', second)), await ask(request('8', second))]).toEqual([200, 200]);
  });

  test('of many parallel requests, numbers only grow, and duplicates count once', async () => {
    const api = { ...contract.api, descriptor: { ...contract.api.descriptor, provider: 'many' } };
    const replayStore = make();
    const servers = [0, 1].map(() => serverOf({ ...contract, api }, KEYS, { replayStore }));
    const copies = Array.from({ length: 20 }, (_one, index) => servers[index % 2]?.fetch(request('42')));
    const statuses = (await Promise.all(copies)).map((response) => response?.status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  });
});

test('a client increments the nonce, so that a server accepts each of its calls', async () => {
  const server = serverOf(contract, KEYS);
  const { createOrder } = clientOf(contract, KEYS[0], (sent) => server.fetch(sent));
  for (let index = 0; index < 5; index += 1)
    expect(await createOrder({ query: {}, body: { amount: index } })).toMatchObject({ data: { ok: true } });
});

test('the response says why the nonce is invalid', async () => {
  const server = serverOf(contract, KEYS);
  await server.fetch(request('5'));
  expect(await (await server.fetch(request('4'))).text()).toContain('nonce was already used, or is not larger');
});

test('a store that cannot compare numbers is rejected when the server is created', () => {
  const { use } = createMemoryReplayStore();
  expect(() => serverOf(contract, KEYS, { replayStore: { use } })).toThrow(
    'The nonce of signed is a growing number, so the option replayStore must have the method `advance`',
  );
});
