import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { loadPackage } from '../../emit/load-package.ts';
import { clientOf } from './fixtures.ts';
import { json, serve, type TestServer } from './serve.ts';

type Result = { readonly error?: { readonly kind: string; readonly message: string } };
type Client = Readonly<Record<string, () => Promise<Result>>>;

const folder = mkdtempSync(join(tmpdir(), 'countersign-servers-'));
let api: TestServer;
let other: TestServer;
let createClient: (options: object) => Client;

beforeAll(async () => {
  api = await serve((_, answer) => json(answer, {}));
  other = await serve((_, answer) => json(answer, {}));
  const server = (url: string, variables?: object) => ({ servers: [{ url, ...(variables && { variables }) }] });
  const operation = (operationId: string, rest: object = {}) => ({
    operationId,
    responses: { 204: { description: 'ok' } },
    ...rest,
  });
  const { port } = new URL(other.url);
  const document = {
    openapi: '3.1.0',
    info: { title: 'Hostile', version: '1' },
    ...server(`${api.url.replace(/\d+$/, '{port}')}/{base}`, {
      port: { default: new URL(api.url).port },
      base: { default: 'v2', enum: ['v1', 'v2'] },
    }),
    paths: {
      '/plain': { get: operation('plain') },
      '/path': {
        ...server(`${other.url}/x/`),
        get: operation('ofPath'),
        put: operation('ofBoth', server(`${other.url}/y`)),
      },
      '/own': { get: operation('own', server(other.url)) },
      '/variable': {
        get: operation(
          'variable',
          server(`http://127.0.0.1:{uploads}/{tenant}`, { uploads: { default: port }, tenant: { default: 'a' } }),
        ),
      },
      '/relative': { get: operation('relative', server('/v9')) },
      '/beside': { get: operation('beside', server('../files')) },
      '/same': { get: operation('same', { servers: [] }) },
    },
  };
  ({ createClient } = await loadPackage<Client>(folder, document));
});
afterAll(async () => {
  await api.close();
  await other.close();
  rmSync(folder, { recursive: true });
});

/** The requests of each server. */
async function wireOf(client: Client, name: string): Promise<string> {
  const [before, beforeOther] = [api.received.length, other.received.length];
  const { error } = (await client[name]?.()) ?? {};
  if (error) return error.message;
  return [
    ...api.received.slice(before).map(({ target }) => `api ${target}`),
    ...other.received.slice(beforeOther).map(({ target }) => `other ${target}`),
  ].join();
}

test.each<[string, string, () => object, string]>([
  ['the first server', 'plain', () => ({}), 'api /v2/plain'],
  ['no server of the operation', 'same', () => ({}), 'api /v2/same'],
  ['a variable with a value', 'plain', () => ({ serverVariables: { base: 'v1' } }), 'api /v1/plain'],
  [
    'the option baseUrl',
    'plain',
    () => ({ baseUrl: `${other.url}/z/`, serverVariables: { base: 'v1' } }),
    'other /z/plain',
  ],
  ['the path’s server', 'ofPath', () => ({}), 'other /x/path'],
  ['the operation’s server over the path’s', 'ofBoth', () => ({}), 'other /y/path'],
  ['the operation’s server', 'own', () => ({}), 'other /own'],
  ['the operation’s server, regardless of baseUrl', 'own', () => ({ baseUrl: `${api.url}/z` }), 'other /own'],
  ['another URL for it', 'own', () => ({ servers: { [other.url]: `${api.url}/mock/` } }), 'api /mock/own'],
  ['the defaults of its variables', 'variable', () => ({}), 'other /a/variable'],
  ['values for its variables', 'variable', () => ({ serverVariables: { tenant: 'b' } }), 'other /b/variable'],
  ['a relative server', 'relative', () => ({}), 'api /v9/relative'],
  [
    'a relative server with the option baseUrl',
    'relative',
    () => ({ baseUrl: `${other.url}/z` }),
    'other /v9/relative',
  ],
  ['a server outside the API’s path', 'beside', () => ({}), 'api /files/beside'],
])('%s determines the URL of a call', async (_, name, options, want) => {
  expect(await wireOf(createClient({ environment: {}, ...options() }), name)).toBe(want);
});

describe('the option server', () => {
  type Named = (options: object) => Readonly<Record<string, (input?: object) => Promise<Result>>>;
  let create: Named;
  beforeAll(async () => {
    const named = join(folder, 'named');
    mkdirSync(named);
    const responses = { 204: { description: 'ok' } };
    const document = {
      openapi: '3.2.0',
      info: { title: 'Hostile', version: '1' },
      servers: [
        { url: `${api.url}/live`, name: 'production' },
        { url: `${other.url}/{tenant}`, name: 'sandbox', variables: { tenant: { default: 't1' } } },
        { url: `${api.url}/nameless` },
      ],
      paths: {
        '/plain': { get: { operationId: 'plain', responses } },
        '/files': {
          get: {
            operationId: 'files',
            responses,
            servers: [
              { url: `${api.url}/files`, name: 'production' },
              { url: `${other.url}/files`, name: 'sandbox' },
            ],
          },
        },
        '/fixed': { get: { operationId: 'fixed', responses, servers: [{ url: `${api.url}/one` }] } },
        '/beside': { get: { operationId: 'beside', responses, servers: [{ url: './v9' }] } },
      },
    };
    ({ createClient: create } = (await loadPackage<Client>(named, document)) as { createClient: Named });
  });

  test.each<[string, string, () => object, string]>([
    ['is missing: the first server', 'plain', () => ({}), 'api /live/plain'],
    ['names the first server', 'plain', () => ({ server: 'production' }), 'api /live/plain'],
    ['another', 'plain', () => ({ server: 'sandbox' }), 'other /t1/plain'],
    [
      'names another server, with its variables',
      'plain',
      () => ({ server: 'sandbox', serverVariables: { tenant: 't2' } }),
      'other /t2/plain',
    ],
    [
      'overrides the environment',
      'plain',
      () => ({ server: 'sandbox', environment: { HOSTILE_BASE_URL: api.url } }),
      'other /t1/plain',
    ],
    [
      'has lower precedence than baseUrl',
      'plain',
      () => ({ server: 'sandbox', baseUrl: `${api.url}/own` }),
      'api /own/plain',
    ],
    ['is missing: the operation’s first server', 'files', () => ({}), 'api /files/files'],
    ['names a server of the operation', 'files', () => ({ server: 'sandbox' }), 'other /files/files'],
    ['does not apply to an operation with one server', 'fixed', () => ({ server: 'sandbox' }), 'api /one/fixed'],
    ['sets the base of a relative server', 'beside', () => ({ server: 'sandbox' }), 'other /t1/v9/beside'],
    [
      'unknown',
      'plain',
      () => ({ server: 'staging' }),
      'hostile: the option server must be one of production, sandbox',
    ],
    [
      'is a property name of every object',
      'plain',
      () => ({ server: 'toString' }),
      'hostile: the option server must be one of production, sandbox',
    ],
  ])('%s', async (_, name, options, want) => {
    expect(await wireOf(create({ environment: {}, ...options() }), name)).toBe(want);
  });
});

test.each<[string, string, object, RegExp]>([
  ['whose value is not in its enum', 'plain', { base: 'v3' }, /serverVariables\.base must be one of v1, v2/],
  ['with a query', 'variable', { tenant: 'a?x' }, /serverVariables\.tenant must be part of a URL/],
  ['with another host', 'variable', { uploads: '1@evil.example' }, /serverVariables\.uploads must be part of a URL/],
])('a variable %s is rejected', async (_, name, serverVariables, want) => {
  const { error } = (await createClient({ environment: {}, serverVariables })[name]?.()) ?? {};
  expect([error?.kind, error?.message]).toEqual(['configuration', expect.stringMatching(want)]);
});

describe('a base URL', () => {
  afterEach(() => vi.unstubAllGlobals());
  const call = (baseUrl: string) => clientOf({}, { baseUrl }).op();

  test.each([
    ['without a scheme', 'h.example'],
    ['of another scheme', 'ftp://h.example'],
    ['with a password', 'https://u:p@h.example'],
    ['with a query', 'https://h.example/v1?key=1'],
    ['with an empty query', 'https://h.example/v1?'],
    ['with a fragment', 'https://h.example/v1#top'],
    ['that is relative, outside a page', '/api-v3'],
    ['that is relative to its folder, outside a page', './api'],
    ['of a host alone, outside a page', '//h.example/api'],
  ])('%s is rejected', async (_, baseUrl) => {
    const { error } = await call(baseUrl);
    expect([error?.kind, error?.message]).toEqual([
      'configuration',
      expect.stringContaining("set the option baseUrl: 'https://…' or set SAMPLE_BASE_URL"),
    ]);
    expect(error?.message).not.toContain('u:p');
  });

  test.each([
    ['/api-v3', '/api-v3/op'],
    ['/api-v3/', '/api-v3/op'],
    ['/', '/op'],
    ['./api', '/app/api/op'],
    ['../api', '/api/op'],
    ['/a/../b', '/b/op'],
  ])('%s in a page resolves to %s', async (baseUrl, want) => {
    vi.stubGlobal('location', { href: `${api.url}/app/index.html?x=1#y` });
    expect((await call(baseUrl)).error).toBeUndefined();
    expect(api.received.at(-1)?.target).toBe(want);
  });

  test('may name another host with the scheme of the page', async () => {
    vi.stubGlobal('location', { href: `${api.url}/app/` });
    expect((await call(`//${new URL(other.url).host}/v1`)).error).toBeUndefined();
    expect(other.received.at(-1)?.target).toBe('/v1/op');
  });

  test('of the contract may be relative: outside a page the error says how to set one', async () => {
    const relative = join(folder, 'relative');
    mkdirSync(relative);
    const { createClient: create } = await loadPackage<Client>(relative, {
      openapi: '3.1.0',
      info: { title: 'Hostile', version: '1' },
      servers: [{ url: '/api-v3' }],
      paths: { '/a': { get: { operationId: 'a', responses: { 204: { description: 'ok' } } } } },
    });
    expect((await create({ environment: {} }).a?.())?.error?.message).toContain(
      "baseUrl: 'https://…/api-v3' or set HOSTILE_BASE_URL",
    );
    vi.stubGlobal('location', { href: `${api.url}/app/` });
    expect((await create({ environment: {} }).a?.())?.error).toBeUndefined();
    expect(api.received.at(-1)?.target).toBe('/api-v3/a');
  });
});
