import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Listening, listen } from '@countersign/runtime/server/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LoadedPackage, loadPackage } from './load-package.ts';

type Result = { readonly data?: unknown; readonly error?: { readonly kind: string; readonly message: string } };
type Client = Readonly<Record<string, (input?: object) => Promise<Result>>>;

const folder = mkdtempSync(join(tmpdir(), 'countersign-own-names-'));
const opened: Listening[] = [];
let createServer: LoadedPackage<Client>['createServer'];
let createClient: LoadedPackage<Client>['createClient'];

/** operationIds that are not valid method names or that every object has, and the names of their methods. */
const OPERATIONS = [
  ['log_in', 'logIn'],
  ['get-user', 'getUser'],
  ['meta/root', 'metaRoot'],
  ['constructor', 'constructor2'],
  ['toString', 'toString2'],
  ['__proto__', 'proto'],
] as const;
/** A parameter in each location, with names that every object has, or with a meaning in that location. */
const PARAMETERS = [
  ['query', '__proto__'],
  ['query', 'constructor'],
  ['header', 'constructor'],
  ['cookie', '__proto__'],
  ['cookie', 'a+b#c|d%20'],
  ['path', '__proto__'],
  ['path', 'a?b#c'],
] as const;
/** Names of security schemes, of their credentials, and of the variables with those credentials. */
const SCHEMES = [
  ['constructor', 'constructor', 'HOSTILE_CONSTRUCTOR'],
  ['toString', 'toString', 'HOSTILE_TO_STRING'],
  ['__proto__', '__proto__', 'HOSTILE_PROTO'],
  ['my-key', 'my-key', 'HOSTILE_MY_KEY'],
  ['my_key', 'my_key', 'HOSTILE_MY_KEY_2'],
  ['密钥', '密钥', 'HOSTILE_VALUE'],
  ['钥', '钥', 'HOSTILE_VALUE_2'],
] as const;

const json = { description: 'ok', content: { 'application/json': { schema: { type: 'object' } } } };
const text = { type: 'string', minLength: 1 };
const operation = (operationId: string, more: object) => ({ operationId, responses: { 200: json }, ...more });
const document = {
  openapi: '3.1.0',
  info: { title: 'Hostile', version: '1' },
  servers: [{ url: 'https://provider.example' }],
  paths: Object.fromEntries([
    ...OPERATIONS.map(([id]) => {
      const parameters = [{ name: 'n', in: 'query', required: true, schema: { type: 'integer' } }];
      return [`/operations/${encodeURIComponent(id)}`, { get: operation(id, { parameters }) }];
    }),
    ...PARAMETERS.map(([place, name], at) => {
      const parameters = [{ name, in: place, required: true, schema: text }];
      const path = place === 'path' ? `/parameters/{${name}}/${at}` : `/parameters/${at}`;
      return [path, { get: operation(`parameter${at}`, { parameters }) }];
    }),
    ...SCHEMES.map(([name], at) => [
      `/schemes/${at}`,
      { get: operation(`scheme${at}`, { security: [Object.fromEntries([[name, []]])] }) },
    ]),
    [
      '/odd-header',
      { get: operation('oddHeader', { parameters: [{ name: 'X 5\ud800', in: 'header', schema: text }] }) },
    ],
    ['/unsendable', { get: operation('unsendable', { security: [{ unsendable: [] }] }) }],
    ['/signed', { get: operation('signed', { security: [{ ours: [] }] }) }],
    ['/login', { post: operation('auth/open-session', {}) }],
    ['/mine', { get: operation('mine', { security: [{ session: [] }] }) }],
  ]),
  components: {
    securitySchemes: Object.fromEntries([
      ...SCHEMES.map(([name], at) => [name, { type: 'apiKey', in: at % 2 ? 'cookie' : 'header', name: `X-${at}#` }]),
      ['unsendable', { type: 'apiKey', in: 'header', name: 'X 5\r\nEvil: 1' }],
      [
        'ours',
        {
          type: 'apiKey',
          in: 'header',
          name: 'x-signature',
          'x-cs-signing': { algorithm: 'custom', signer: 'sharedSigner', credentials: { secret: {} } },
        },
      ],
      [
        'session',
        { type: 'http', scheme: 'bearer', 'x-cs-session': { operation: 'auth/open-session', token: '/token' } },
      ],
    ]),
  },
};

async function serve(options: object): Promise<string> {
  const listening = await listen(createServer(options));
  opened.push(listening);
  return listening.url;
}

beforeAll(async () => {
  ({ createServer, createClient } = await loadPackage<Client>(folder, document));
});
afterAll(async () => {
  for (const listening of opened) await listening.close();
  rmSync(folder, { recursive: true });
});

test.each(OPERATIONS)('the operation %s is handled, validated and called as %s', async (id, name) => {
  const seen: unknown[] = [];
  const url = await serve({
    handlers: { [name]: ({ query }: { query: object }) => ({ data: { seen: seen.push(query) } }) },
  });
  const client = createClient({ baseUrl: url });
  expect(await client[name]?.({ query: { n: 'not a number' } })).toMatchObject({ error: { kind: 'validation' } });
  expect(await client[name]?.({ query: { n: 7 } })).toEqual({ data: { seen: 1 } });
  expect(seen).toEqual([{ n: 7 }]);
  expect((await fetch(`${url}/operations/${encodeURIComponent(id)}?n=seven`)).status).toBe(400);
});

test('a handler for an unknown operation is rejected by its name', () => {
  expect(() => createServer({ handlers: { valueOf: () => ({}) } })).toThrow(
    'handlers.valueOf does not match an operation',
  );
});

test.each(PARAMETERS)('a parameter in %s named %s arrives unchanged', async (place, name) => {
  const at = PARAMETERS.findIndex(([one, other]) => one === place && other === name);
  const part = { query: 'query', header: 'headers', cookie: 'cookies', path: 'path' }[place];
  let seen: unknown;
  const handler = (input: Record<string, object>) => {
    seen = Object.entries(input[part] ?? {});
    return { data: {} };
  };
  const url = await serve({ handlers: { [`parameter${at}`]: handler } });
  const input = { [part]: Object.fromEntries([[name, 'a b/é']]) };
  const want = place === 'header' ? 'a b/' : 'a b/é';
  if (place === 'header') input[part] = Object.fromEntries([[name, want]]);
  expect(await createClient({ baseUrl: url })[`parameter${at}`]?.(input)).toEqual({ data: {} });
  expect(seen).toEqual([[name, want]]);
});

describe.each(SCHEMES)('a security scheme named %s', (name, credential, variable) => {
  const operation = `scheme${SCHEMES.findIndex(([each]) => each === name)}`;
  const only = (key: string, value: unknown): object => Object.fromEntries([[key, value]]);
  const call = async (credentials: object, server: object): Promise<Result | undefined> => {
    const url = await serve({ handlers: only(operation, () => ({ data: {} })), ...server });
    return createClient({ baseUrl: url, credentials, environment: {} })[operation]?.();
  };

  test.each([
    ['the environment', { environment: only(variable, 'right-0123') }],
    ['the configuration', { environment: {}, security: only(name, ['right-0123']) }],
  ])('is checked against %s', async (_, server) => {
    expect(await call(only(credential, 'right-0123'), server)).toEqual({ data: {} });
    expect(await call(only(credential, 'wrong-0123'), server)).toMatchObject({ error: { code: 401 } });
    expect(await call({}, server)).toMatchObject({ error: { kind: 'configuration' } });
  });
});

test('a signer works for a scheme with another name', async () => {
  const credentials = { secret: 'secret-0123' };
  const url = await serve({ handlers: { signed: () => ({ data: {} }) }, security: { ours: credentials } });
  expect(await createClient({ baseUrl: url, credentials }).signed?.()).toEqual({ data: {} });
});

test('an operation with a different method name opens a session', async () => {
  const handlers = { authOpenSession: () => ({ data: { token: 'token-0123' } }), mine: () => ({ data: {} }) };
  const session = (token: string) => (token === 'token-0123' ? 'player' : null);
  const url = await serve({ handlers, security: { session } });
  expect(await createClient({ baseUrl: url }).mine?.()).toEqual({ data: {} });
});

test('a header with an invalid name is always missing, and the operation responds', async () => {
  const url = await serve({
    handlers: { oddHeader: () => ({ data: {} }), unsendable: () => ({ data: {} }) },
    security: { unsendable: ['secret-0123'] },
  });
  const statusOf = async (path: string) => (await fetch(url + path)).status;
  expect([await statusOf('/odd-header'), await statusOf('/unsendable')]).toEqual([200, 401]);
});

test('a credential that no header can contain fails the call, and the error does not show it', async () => {
  const client = createClient({ baseUrl: 'http://127.0.0.1:9', credentials: { unsendable: 'secret-0123' } });
  const result = await client.unsendable?.();
  expect(result).toMatchObject({
    error: { kind: 'configuration', message: 'hostile: X 5��Evil: 1: not a valid header value' },
  });
  expect(JSON.stringify(result)).not.toContain('secret-0123');
});
