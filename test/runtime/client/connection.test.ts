import { type AddressInfo, createServer as createTcp } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ConnectionError } from '../../../runtime/client/index.ts';
import { api, clientOf } from './fixtures.ts';

/**
 * Nothing listens on it: no system assigns a low port to a program that requests any free one, such as another test.
 */
const closed = 5;
/** A port that closes every connection. */
let cut = 0;
const breaker = createTcp((socket) => socket.once('data', () => socket.destroy()));
beforeAll(async () => {
  await new Promise<void>((resolve) => breaker.listen(0, '127.0.0.1', resolve));
  cut = (breaker.address() as AddressInfo).port;
});
afterAll(() => void breaker.close());

const key = {
  kind: 'key',
  name: 'key',
  credential: { name: 'key', env: 'SAMPLE_KEY', secret: true, carriers: [{ in: 'query', name: 'key' }] },
  refusals: { missing: 401, invalid: 401, expired: 401, timestamp: 401, signature: 401, replay: 401, forbidden: 403 },
} as const;
const secretPath = {
  name: 'token',
  in: 'path',
  required: true,
  style: 'simple',
  explode: false,
  shape: { kind: 'any' },
  secret: true,
} as const;

type Row = readonly [
  name: string,
  operation: object,
  input: object,
  options: () => object,
  want: () => object,
  message: () => string,
];
const rows: readonly Row[] = [
  [
    'a refused connection',
    {},
    {},
    () => ({ baseUrl: `http://127.0.0.1:${closed}` }),
    () => ({ host: '127.0.0.1', port: closed, reason: 'ECONNREFUSED', sent: false }),
    () => `cannot connect to 127.0.0.1 port ${closed} for http://127.0.0.1:${closed}/op (ECONNREFUSED)`,
  ],
  [
    'a base path',
    {},
    {},
    () => ({ baseUrl: `http://127.0.0.1:${closed}/v1` }),
    () => ({ url: `http://127.0.0.1:${closed}/v1/op` }),
    () => `/v1/op (`,
  ],
  [
    'a query, which is omitted',
    {},
    { query: { q: 'x' } },
    () => ({ baseUrl: `http://127.0.0.1:${closed}` }),
    () => ({ url: `http://127.0.0.1:${closed}/op` }),
    () => '/op (ECONN',
  ],
  [
    'a secret in the path',
    { path: '/t/{token}', parameters: [secretPath] },
    { path: { token: 'sesame' } },
    () => ({ baseUrl: `http://127.0.0.1:${closed}` }),
    () => ({ url: `http://127.0.0.1:${closed}/t/***` }),
    () => '/t/*** (',
  ],
  [
    'a name that is not found',
    {},
    {},
    () => ({ baseUrl: 'https://nobody.invalid' }),
    () => ({ host: 'nobody.invalid', port: 443, sent: false }),
    () => 'cannot connect to nobody.invalid port 443 for https://nobody.invalid/op',
  ],
  [
    'a port of its own scheme',
    {},
    {},
    () => ({ baseUrl: 'http://nobody.invalid' }),
    () => ({ port: 80 }),
    () => 'port 80',
  ],
  [
    'a connection that breaks',
    { retry: 'never' },
    {},
    () => ({ baseUrl: `http://127.0.0.1:${cut}` }),
    () => ({ port: cut, sent: true }),
    () => `connection lost to 127.0.0.1 port ${cut}`,
  ],
  [
    'the contract’s own base URL',
    {},
    {},
    () => ({}),
    () => ({ host: 'declared.invalid' }),
    () => 'a placeholder: set the option baseUrl or SAMPLE_BASE_URL',
  ],
  [
    'an endpoint',
    {},
    {},
    () => ({ endpoint: `http://127.0.0.1:${closed}/hook?a=1` }),
    () => ({ url: `http://127.0.0.1:${closed}/hook` }),
    () => '/hook (ECONN',
  ],
];

test.each(rows)('%s is reported with URL, host and port', async (name, operation, input, options, want, message) => {
  const client = clientOf(
    { ...operation, security: [['key']] },
    { retry: false, credentials: { key: 'open-sesame' }, ...options() },
    { api: { ...api, baseUrl: 'https://declared.invalid', securitySchemes: { key } } },
  );
  const error = (await client.op(input)).error as ConnectionError | undefined;
  expect(error).toMatchObject({ kind: 'connection', ...want() });
  expect(error?.message).toContain(message());
  expect(`${error?.message} ${JSON.stringify(error)}`).not.toMatch(/sesame/);
  expect(error?.message.includes('placeholder')).toBe(name.includes('contract'));
});
