/** Every part that a message can have: what a server and a client sign, against node:crypto over a hand-written text. */
import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Preset } from '../../scripts/commands/init/presets.ts';
import { clientOf, contractOf, serverOf } from './scheme.ts';

const NOW = Date.parse('2026-01-31T12:34:56Z');
const TIME = String(NOW / 1000);
const BODY = '{"b":2,"a":"x y","n":null,"e":"","o":{"z":1}}';
const FORM = 'b=2&a=x+y&e=&c=%C3%A9';
const QUERY = 'b=2&a=x%20y&a=w&e=&ts=7';
const hash = (name: string, text: string, form: 'hex' | 'base64' = 'hex'): string =>
  createHash(name).update(text).digest(form);
const hmac = (key: string, text: string, form: 'hex' | 'base64' = 'hex'): string =>
  createHmac('sha256', key).update(text).digest(form);

const contractWith = (part: unknown, type: 'json' | 'form' = 'json') =>
  contractOf(
    {
      algorithm: 'hmac-sha256',
      key: { credential: 'secret' },
      timestamp: { in: 'header', name: 'X-Time', unit: 's', tolerance: 60 },
      nonce: { in: 'header', name: 'X-Nonce' },
      id: { in: 'query', name: 'id' },
      replay: 'none',
      message: { parts: [part] },
      credentials: { apiKey: { in: 'header', name: 'X-Key' }, secret: {} },
    },
    { type } as Preset['request'],
  );

const KEYS = { apiKey: 'k', secret: 's' };
const ORDERS = `https://shop.invalid/orders?${QUERY}&id=i-1`;

type Row = readonly [what: string, part: unknown, message: string, type?: 'json' | 'form'];
const rows: readonly Row[] = [
  ['the method', 'method', 'POST'],
  ['the path', 'path', '/orders'],
  ['the raw request target', 'target', `/orders?${QUERY}&id=i-1`],
  ['the URL', 'url', ORDERS],
  ['the origin', 'origin', 'https://shop.invalid'],
  ['the host', 'host', 'shop.invalid'],
  ['the query as sent, with the value of the scheme', 'query', `${QUERY}&id=i-1`],
  ['the query decoded, without the value of the scheme', { query: {} }, 'b=2&a=x y&a=w&e=&ts=7'],
  ['the query with the value of the scheme', { query: { own: true } }, 'b=2&a=x y&a=w&e=&ts=7&id=i-1'],
  ['the query sorted by name', { query: { sort: 'name' } }, 'a=x y&a=w&b=2&e=&ts=7'],
  ['the query sorted by name and value', { query: { sort: 'pair' } }, 'a=w&a=x y&b=2&e=&ts=7'],
  ['the query without empty values', { query: { empty: 'skip' } }, 'b=2&a=x y&a=w&ts=7'],
  ['some parameters of the query, in order', { query: { names: ['ts', 'b'] } }, 'ts=7&b=2'],
  ['the query without some parameters', { query: { except: ['a', 'e'] } }, 'b=2&ts=7'],
  ['the query as sent, in pairs', { query: { encode: 'raw', names: ['a'] } }, 'a=x%20y&a=w'],
  ['the query encoded by RFC 3986', { query: { encode: 'rfc3986', names: ['a'] } }, 'a=x%20y&a=w'],
  ['the query encoded as a form', { query: { encode: 'form', names: ['a'] } }, 'a=x+y&a=w'],
  [
    'names and values without a separator',
    { query: { each: '{name}{value}', join: '', names: ['a', 'b'] } },
    'ax yawb2',
  ],
  ['only values', { query: { each: '{value}', join: '|', names: ['b', 'ts'] } }, '2|7'],
  ['values before names', { query: { each: '{value}:{name};', join: '', names: ['b', 'ts'] } }, '2:b;7:ts;'],
  ['a text before a query', { query: { begin: '?', names: ['b'] } }, '?b=2'],
  ['no text before no query', { query: { begin: '?', names: ['none'] } }, ''],
  ['a header', { header: 'X-Odd' }, 'A  b'],
  ['a header that is missing', { header: 'X-None' }, ''],
  [
    'headers, in lower case and trimmed',
    { headers: { names: ['X-Odd', 'X-Key', 'Host'] } },
    'x-odd:A b\nx-key:k\nhost:shop.invalid',
  ],
  ['headers as values', { headers: { names: ['X-Odd', 'X-Key'], each: '{value}', join: '.' } }, 'A b.k'],
  ['headers with an end', { headers: { names: ['X-Key'], each: '{name}={value}', end: '!' } }, 'x-key=k!'],
  ['the body', 'body', BODY],
  ['a digest of the body', { digest: { of: 'body' } }, hash('sha256', BODY)],
  ...(['md5', 'sha1', 'sha384', 'sha512'] as const).map(
    (algorithm): Row => [
      `a digest by ${algorithm}`,
      { digest: { algorithm, encoding: 'base64', of: 'body' } },
      hash(algorithm, BODY, 'base64'),
    ],
  ),
  [
    'a digest of a message',
    { digest: { of: { join: ':', parts: ['method', 'path'] } } },
    hash('sha256', 'POST:/orders'),
  ],
  ['an HMAC', { hmac: { key: { credential: 'apiKey' }, of: 'body' } }, hmac('k', BODY)],
  ['members', { members: {} }, 'b=2&a=x y&n=&e=&o={"z":1}'],
  ['properties sorted, without empty ones', { members: { sort: 'name', empty: 'skip', nested: 'skip' } }, 'a=x y&b=2'],
  ['some properties', { members: { names: ['e', 'b'], each: '{value}', join: ',' } }, ',2'],
  ['one property', { member: '/o/z' }, '1'],
  ['a property that is an object', { member: '/o' }, '{"z":1}'],
  ['a missing property', { member: '/none' }, ''],
  ['a form', { form: {} }, 'b=2&a=x y&e=&c=é', 'form'],
  ['a form sorted, without empty fields', { form: { sort: 'name', empty: 'skip' } }, 'a=x y&b=2&c=é', 'form'],
  ['a form as sent', { form: { encode: 'raw' } }, FORM, 'form'],
  [
    'query and form, sorted together',
    { pairs: { of: ['query', 'form'], sort: 'pair' } },
    'a=w&a=x y&a=x y&b=2&b=2&c=é&e=&e=&ts=7',
    'form',
  ],
  ['the timestamp', 'timestamp', TIME],
  ['the nonce', 'nonce', 'a1b2c3d4e5f60718'],
  ['the message id', 'id', 'i-1'],
  ['the day', 'date', '20260131'],
  ['the day with hyphens', 'isoDate', '2026-01-31'],
  ['a credential', { credential: 'apiKey' }, 'k'],
  ['a text', { text: 'v0:{timestamp}:{apiKey}{}' }, `v0:${TIME}:k{}`],
  [
    'parts in parts',
    { join: ',', parts: ['method', { join: '-', parts: ['nonce', 'timestamp'], end: '.' }] },
    `POST,a1b2c3d4e5f60718-${TIME}.`,
  ],
];

describe.each(rows.map((row) => ({ what: row[0], row })))('$what', ({ row: [, part, message, type = 'json'] }) => {
  const contract = contractWith(part, type);
  const server = serverOf(contract, KEYS, { clock: () => NOW });
  const ask = async (sign: string): Promise<number> => {
    const headers = {
      'content-type': type === 'json' ? 'application/json' : 'application/x-www-form-urlencoded',
      'x-time': TIME,
      'x-nonce': 'a1b2c3d4e5f60718',
      'x-key': 'k',
      'x-odd': '  A  b ',
      'x-sign': sign,
    };
    const sent = new Request(ORDERS, { method: 'POST', headers, body: type === 'json' ? BODY : FORM });
    return (await server.fetch(sent)).status;
  };

  test('the server verifies the same text', async () => {
    expect([await ask(hmac('s', message)), await ask(hmac('s', `${message} `))]).toEqual([200, 401]);
  });

  test('the client signs the same text', async () => {
    const { createOrder } = clientOf(contract, KEYS, (sent) => server.fetch(sent), { clock: { now: () => NOW } });
    const body = type === 'json' ? { b: 2, a: 'x y' } : { b: '2', a: 'x y' };
    expect((await createOrder({ query: { page: '1 é' }, body })).error?.message).toBe(undefined);
  });
});

test('a path with and without the path of the base URL', async () => {
  for (const [part, path] of [
    ['path', '/v1/orders'],
    [{ path: 'operation' }, '/orders'],
  ] as const) {
    const contract = contractOf(
      {
        algorithm: 'hmac-sha256',
        key: { credential: 'secret' },
        message: { parts: [part] },
        credentials: { secret: {} },
      },
      {},
      {},
      'https://shop.invalid/v1',
    );
    const { createOrder, sent } = clientOf(contract, { secret: 's' }, undefined, {
      baseUrl: 'https://shop.invalid/v1',
    });
    await createOrder({ query: {}, body: {} });
    expect(sent[0]?.headers['x-sign']).toBe(hmac('s', path));
  }
});
