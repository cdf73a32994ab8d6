/** Timestamps, ids, optional credentials and computed headers, as client and as server. */
import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { clientOf, contractOf, serverOf } from './scheme.ts';

const KEY = { algorithm: 'hmac-sha256', key: { credential: 'secret' } };
const NOW = Date.parse('2026-01-31T12:34:56.789Z');
const ORDER = { query: { page: '1' }, body: { amount: 1 } };
const sign = (...parts: string[]): string => createHmac('sha256', 's').update(parts.join('\n')).digest('hex');

type Server = ReturnType<typeof serverOf>;
async function ask(server: Server, headers: Record<string, string>, target = '/orders', body = '{"amount":1}') {
  const all = { 'content-type': 'application/json', ...headers };
  return (await server.fetch(new Request(`https://a.invalid${target}`, { method: 'POST', headers: all, body }))).status;
}

describe('a timestamp', () => {
  const forms = [
    ['s', {}, '1769862896'],
    ['ms', {}, '1769862896789'],
    ['iso', {}, '2026-01-31T12:34:56.789Z'],
    ['iso-seconds', {}, '2026-01-31T12:34:56Z'],
    ['iso-basic', {}, '20260131T123456Z'],
    ['http', {}, 'Sat, 31 Jan 2026 12:34:56 GMT'],
    ['iso-local', {}, '2026-01-31T12:34:56'],
    ['iso-local', { zone: '+07:00' }, '2026-01-31T19:34:56'],
    ['compact', {}, '20260131123456'],
    ['compact', { zone: '+07:00' }, '20260131193456'],
    ['datetime', {}, '2026-01-31 12:34:56'],
    ['datetime', { zone: '+08:00' }, '2026-01-31 20:34:56'],
    ['datetime', { zone: '-03:30' }, '2026-01-31 09:04:56'],
  ] as const;

  test.each(forms)('is sent as %s %j', async (unit, more, text) => {
    const contract = contractOf({
      ...KEY,
      timestamp: { in: 'header', name: 'X-Time', unit, tolerance: 60, ...more },
      message: { join: '\n', parts: ['timestamp', 'body'] },
      credentials: { secret: {} },
    });
    const clock = { now: () => NOW };
    const { createOrder, sent } = clientOf(contract, { secret: 's' }, undefined, { clock });
    await createOrder(ORDER);
    expect([sent[0]?.headers['x-time'], sent[0]?.headers['x-sign']]).toEqual([text, sign(text, '{"amount":1}')]);

    const at = async (offset: number, time: string = text): Promise<number> => {
      const server = serverOf(contract, { secret: 's' }, { clock: () => NOW + offset * 1000 });
      return ask(server, { 'x-time': time, 'x-sign': sign(time, '{"amount":1}') });
    };
    expect([await at(0), await at(59), await at(-59), await at(62), await at(-62)]).toEqual([200, 200, 200, 401, 401]);
    expect([await at(0, 'soon'), await at(0, `${text}0`), await at(0, '')]).toEqual([401, 401, 401]);
  });

  test('with a list of formats is sent in the first, and accepted in each', async () => {
    const contract = contractOf({
      ...KEY,
      timestamp: { in: 'header', name: 'X-Time', unit: ['ms', 's'], tolerance: 60 },
      message: { join: '\n', parts: ['timestamp', 'body'] },
      credentials: { secret: {} },
    });
    const { createOrder, sent } = clientOf(contract, { secret: 's' }, undefined, { clock: { now: () => NOW } });
    await createOrder(ORDER);
    expect(sent[0]?.headers['x-time']).toBe('1769862896789');
    const server = serverOf(contract, { secret: 's' }, { clock: () => NOW });
    for (const time of ['1769862896789', '1769862896'])
      expect(await ask(server, { 'x-time': time, 'x-sign': sign(time, '{"amount":1}') })).toBe(200);
  });
});

describe('a tolerance that the request states', () => {
  const contract = (unit: 's' | 'ms', value: number) =>
    contractOf({
      ...KEY,
      timestamp: {
        in: 'header',
        name: 'X-Time',
        unit: 'ms',
        tolerance: 5,
        window: { in: 'query', name: 'recvWindow', unit, value, max: 60 },
      },
      message: { join: '\n', parts: ['timestamp', 'query', 'body'] },
      credentials: { secret: {} },
    });

  test('is sent, and the caller can override it', async () => {
    const { createOrder, sent } = clientOf(contract('ms', 5000), { secret: 's' });
    await createOrder({ query: {}, body: {} });
    expect(sent[0]?.url).toBe('https://shop.invalid/orders?recvWindow=5000');
  });

  test.each([
    ['ms', '', 4, 200],
    ['ms', '', 6, 401],
    ['ms', '2000', 1, 200],
    ['ms', '2000', 3, 401],
    ['ms', '30000', 29, 200],
    ['ms', '30000', 31, 401],
    // No request grants itself more than the scheme does.
    ['ms', '600000', 59, 200],
    ['ms', '600000', 61, 401],
    ['s', '30', 29, 200],
    ['s', '30', 31, 401],
    ['ms', '-1', 6, 401],
    ['ms', 'NaN', 6, 401],
    ['ms', 'Infinity', 61, 401],
  ] as const)('of %s %j accepts a request of %d s ago with %d', async (unit, window, age, status) => {
    const query = window === '' ? '' : `recvWindow=${window}`;
    const server = serverOf(contract(unit, 5000), { secret: 's' }, { clock: () => NOW + age * 1000 });
    const time = String(NOW);
    const headers = { 'x-time': time, 'x-sign': sign(time, query, '{"amount":1}') };
    expect(await ask(server, headers, `/orders?${query}`)).toBe(status);
  });
});

describe('values that identify a request', () => {
  const contract = contractOf({
    ...KEY,
    nonce: { in: 'header', name: 'X-Nonce', form: 'uuid' },
    id: { in: 'header', name: 'X-Id' },
    message: { join: '\n', parts: ['nonce', 'id', 'body'] },
    credentials: { secret: {} },
  });
  const fail = (): Response => new Response('', { status: 503 });
  const retry = { attempts: 3, base: 1 };

  test('are new for each attempt as a nonce, and the same as an id', async () => {
    const { createOrder, sent } = clientOf(contract, { secret: 's' }, fail, { retry });
    await createOrder(ORDER, { idempotencyKey: 'msg-1' });
    await createOrder(ORDER);
    const ids = sent.map(({ headers }) => headers['x-id']);
    const nonces = sent.map(({ headers }) => headers['x-nonce'] ?? '');
    expect(new Set(nonces).size).toBe(sent.length);
    expect(
      nonces.every((nonce) => /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(nonce)),
    ).toBe(true);
    const given = ids.filter((id) => id === 'msg-1').length;
    expect(given).toBeGreaterThan(0);
    expect(new Set(ids.slice(given)).size).toBe(1);
    expect(ids[given]).toMatch(/^[0-9a-f]{32}$/);
    for (const { headers, body } of sent)
      expect(headers['x-sign']).toBe(sign(headers['x-nonce'] ?? '', headers['x-id'] ?? '', body.toString()));
  });

  test('grow as a counter', async () => {
    const counted = contractOf({
      ...KEY,
      nonce: { in: 'header', name: 'X-Nonce', form: 'counter' },
      message: { join: '\n', parts: ['nonce', 'body'] },
      credentials: { secret: {} },
    });
    const { createOrder, sent } = clientOf(counted, { secret: 's' });
    for (let index = 0; index < 5; index += 1) await createOrder(ORDER);
    const numbers = sent.map(({ headers }) => Number(headers['x-nonce']));
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  });
});

describe('an optional credential', () => {
  const contract = contractOf({
    ...KEY,
    message: { join: '\n', parts: ['body', { credential: 'token' }] },
    credentials: { secret: {}, token: { in: 'header', name: 'X-Token', optional: true } },
  });

  test('is omitted by a client that has none, and signed as an empty text', async () => {
    const { createOrder, sent } = clientOf(contract, { secret: 's' });
    await createOrder(ORDER);
    expect([sent[0]?.headers['x-token'], sent[0]?.headers['x-sign']]).toEqual([undefined, sign('{"amount":1}', '')]);
  });

  test('is verified by a server if it is present', async () => {
    const server = serverOf(contract, { secret: 's', token: 't' });
    expect([
      await ask(server, { 'x-sign': sign('{"amount":1}', '') }),
      await ask(server, { 'x-token': 't', 'x-sign': sign('{"amount":1}', 't') }),
      await ask(server, { 'x-token': 'u', 'x-sign': sign('{"amount":1}', 'u') }),
    ]).toEqual([200, 200, 401]);
  });
});

describe('a computed header', () => {
  const contract = contractOf({
    ...KEY,
    computed: {
      'Content-Digest': {
        parts: [{ text: 'sha-256=:' }, { digest: { encoding: 'base64', of: 'body' } }, { text: ':' }],
      },
      'x-content-sha512': { digest: { algorithm: 'sha512', of: 'body' } },
    },
    message: { join: '\n', parts: [{ header: 'Content-Digest' }, { header: 'x-content-sha512' }] },
    credentials: { secret: {} },
  });
  const of = (body: string): Record<string, string> => {
    const digest = `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
    const long = createHash('sha512').update(body).digest('hex');
    return { 'content-digest': digest, 'x-content-sha512': long, 'x-sign': sign(digest, long) };
  };

  test('is set by the client', async () => {
    const { createOrder, sent } = clientOf(contract, { secret: 's' });
    await createOrder(ORDER);
    expect(sent[0]?.headers).toMatchObject(of('{"amount":1}'));
  });

  test('is verified by the server, because the signature alone would not cover the body', async () => {
    const server = serverOf(contract, { secret: 's' });
    const right = of('{"amount":1}');
    const { 'content-digest': _, ...without } = right;
    expect([
      await ask(server, right),
      await ask(server, right, '/orders', '{"amount":2}'),
      await ask(server, { ...right, 'x-content-sha512': of('').x ?? 'f' }),
      await ask(server, without),
    ]).toEqual([200, 401, 401, 401]);
  });
});
