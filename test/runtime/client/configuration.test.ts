import { inspect } from 'node:util';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type ClientOptions, ConfigurationError, createClient, signing } from '../../../runtime/client/index.ts';
import { api, createDiceyFun, credentials, type Operations, operations, signers } from './dicey-fun.ts';
import { clientOf } from './fixtures.ts';
import { json, serve, type TestServer } from './serve.ts';

let server: TestServer;
afterEach(async () => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  await server?.close();
});

const login = () => serve((_, answer) => json(answer, { code: 200, message: '', data: { authtoken: 't' } }));
const clientWith = (options: ClientOptions) =>
  createClient<Operations>({ api, operations, signers, features: [signing] }, options);

describe('the error names missing options, and both ways to set them', () => {
  const names = ['DICEYFUN_API_KEY', 'DICEYFUN_AGENT_ID', 'DICEYFUN_SECRET'];
  test.each<[string, ClientOptions, string[]]>([
    ['all', {}, ['apiKey', 'agentId', 'secret', ...names]],
    ['one', { credentials: { apiKey: 'a', agentId: 'b' } }, ["credentials: { secret: '…' }", 'DICEYFUN_SECRET']],
    ['an empty one', { credentials: { ...credentials, secret: '' } }, ["credentials: { secret: '…' }"]],
    [
      'a function that returns undefined',
      { credentials: { ...credentials, secret: async () => undefined } },
      ['secret'],
    ],
  ])('%s', async (_, options, wanted) => {
    server = await login();
    const { error } = await clientWith({ baseUrl: server.url, environment: {}, ...options }).authToken();
    expect(error).toBeInstanceOf(ConfigurationError);
    for (const text of wanted) expect(error?.message).toContain(text);
    expect(server.received.length).toBe(0);
  });

  const environment = { DICEYFUN_API_KEY: 'E', DICEYFUN_AGENT_ID: 'E', DICEYFUN_SECRET: 'E' };
  test.each<[string, object, string | undefined]>([
    ['nothing', {}, 'E'],
    ['undefined', { apiKey: undefined }, 'E'],
    ['a value', { apiKey: 'A' }, 'A'],
    ['a function', { apiKey: () => 'A' }, 'A'],
    ['an empty text', { apiKey: '' }, undefined],
    ['null', { apiKey: null }, undefined],
    ['a function that returns an empty text', { apiKey: () => '' }, undefined],
    ['a function that returns a promise of an empty text', { apiKey: async () => '' }, undefined],
    ['a function that returns undefined', { apiKey: () => undefined }, undefined],
  ])('the environment replaces an option that is missing, but not one that is empty: %s', async (_, given, want) => {
    server = await login();
    const { error } = await clientWith({ baseUrl: server.url, environment, credentials: given }).authToken();
    expect(server.received.map(({ headers }) => headers['api-key'])).toEqual(want === undefined ? [] : [want]);
    expect(error?.kind).toBe(want === undefined ? 'configuration' : undefined);
    if (error) expect(error.message).toContain('missing credentials apiKey');
  });

  test('with `credentials: false` the client sends no credentials, signs nothing and does not log in', async () => {
    server = await serve((_, answer) => json(answer, { code: 200, message: '', data: { game_list: [] } }));
    vi.stubGlobal('document', {});
    const client = clientWith({ baseUrl: server.url, environment, credentials: false });
    expect((await client.getGameList({ body: {} })).error).toBeUndefined();
    const [sent, ...more] = server.received;
    expect(more).toEqual([]);
    expect(sent?.target).toBe('/api/v1/getGameList');
    expect(Object.keys(sent?.headers ?? {}).filter((name) => /key|token|secret|auth/.test(name))).toEqual([]);
  });

  test.each([[undefined], [''], ['ftp://example.com'], ['example.com'], ['https://']])(
    'base URL %s',
    async (baseUrl) => {
      server = await login();
      const { error } = await clientWith({ baseUrl, environment: {}, credentials }).authToken();
      expect(error?.kind).toBe('configuration');
      expect(error?.message).toContain("baseUrl: 'https://…'");
      expect(error?.message).toContain('DICEYFUN_BASE_URL');
    },
  );

  test.each([
    ['baseUrl', 'http://user:hunter2pw@127.0.0.1:9'],
    ['baseUrl', 'http://hunter2pw@127.0.0.1:9/x'],
    ['baseUrl', 'http://127.0.0.1:99999/hunter2pw'],
    ['baseUrl', 'http://[hunter2pw/'],
    ['endpoint', 'https://user:hunter2pw@127.0.0.1:9/hook?a=1'],
    ['endpoint', 'https://127.0.0.1:hunter2pw/'],
  ])('%s %s is rejected and not shown in the error', async (option, url) => {
    server = await login();
    const { error } = await clientWith({ environment: {}, credentials, [option]: url }).authToken();
    expect([error?.kind, error?.attempts]).toEqual(['configuration', 0]);
    expect(error?.message).toContain(`${option}: 'https://…'`);
    expect(inspect(error) + JSON.stringify(error)).not.toContain('hunter2pw');
  });

  test('a port that fetch blocks counts as not sent', async () => {
    server = await login();
    const { error } = await clientOf({}, { baseUrl: 'http://127.0.0.1:1', retry: false }).op();
    expect(error).toMatchObject({ kind: 'connection', reason: 'bad port', sent: false });
  });

  test('the error also names what the session login needs', async () => {
    server = await login();
    const { error } = await clientWith({ baseUrl: server.url, environment: {} }).getGameList({ body: {} });
    expect(error?.message).toContain('missing credentials apiKey, agentId, secret:');
  });
});

test.each(['TRACE', 'TRACK', 'CONNECT'])('%s is rejected before anything is sent', async (method) => {
  server = await login();
  const { error } = await clientOf({ method }, { baseUrl: server.url }).op();
  expect([error?.kind, error?.attempts]).toEqual(['configuration', 0]);
  expect(error?.message).toContain(`${method} cannot be sent`);
  expect(server.received).toEqual([]);
});

test('every option can come from the environment', async () => {
  server = await login();
  vi.stubEnv('DICEYFUN_API_KEY', 'from-env');
  vi.stubEnv('DICEYFUN_AGENT_ID', 'agent');
  vi.stubEnv('DICEYFUN_SECRET', 'secret');
  vi.stubEnv('DICEYFUN_BASE_URL', `${server.url}/`);
  expect((await clientWith({}).authToken()).error).toBeUndefined();
  expect(server.received[0]).toMatchObject({ headers: { 'api-key': 'from-env' } });
  expect(server.received[0]?.target).toMatch(/^\/api\/v1\/authToken\?agent_id=agent&/);
});

test('options override the environment, and a function is called for each attempt', async () => {
  server = await login();
  let count = 0;
  const client = createDiceyFun({
    baseUrl: server.url,
    environment: { DICEYFUN_API_KEY: 'other' },
    credentials: { ...credentials, apiKey: async () => `key-${++count}` },
  });
  await client.authToken();
  await client.authToken();
  expect(server.received.map(({ headers }) => headers['api-key'])).toEqual(['key-1', 'key-2']);
});

describe('in a browser', () => {
  const inBrowser = () => {
    vi.stubGlobal('window', {});
    vi.stubGlobal('document', {});
  };

  test('rejects a secret when the client is created', () => {
    inBrowser();
    expect(() => clientWith({ credentials })).toThrow(ConfigurationError);
    expect(() => clientWith({ credentials })).toThrow(/apiKey.*dangerouslyAllowBrowser/);
  });

  test('rejects a secret from the environment', () => {
    inBrowser();
    expect(() => clientWith({ environment: { DICEYFUN_SECRET: 'x' } })).toThrow(/secret.*dangerouslyAllowBrowser/);
  });

  test.each<[string, ClientOptions]>([
    ['credentials without a secret', { credentials: { agentId: 'a' } }],
    ['a secret with dangerouslyAllowBrowser', { credentials, dangerouslyAllowBrowser: true }],
  ])('allows %s', (_, options) => {
    inBrowser();
    expect(() => clientWith(options)).not.toThrow();
  });

  test('allows the visitor’s own bearer token from a function', () => {
    inBrowser();
    const { refusals } = api.securitySchemes.apiKey;
    const credential = { name: 'token', env: 'X', secret: true, carriers: [] };
    const bearer = { ...api, securitySchemes: { b: { kind: 'bearer', name: 'b', credential, refusals } } } as const;
    expect(() => clientOf({}, { credentials: { token: () => 'x' } }, { api: bearer })).not.toThrow();
    expect(() => clientOf({}, { credentials: { token: 'x' } }, { api: bearer })).toThrow(ConfigurationError);
  });

  test('allows a secret outside a browser', () => {
    expect(() => clientWith({ credentials })).not.toThrow();
  });
});

describe('endpoint of a webhook', () => {
  test.each([
    ['/hook', '/hook?a=1'],
    ['/hook/', '/hook/?a=1'],
    ['/hook?tenant=7', '/hook?tenant=7&a=1'],
    ['/hook?tenant=7#part', '/hook?tenant=7&a=1'],
  ])('calls %s unchanged', async (path, want) => {
    server = await login();
    const client = clientOf({ webhook: true, path: '/unused' }, { endpoint: server.url + path });
    await client.op({ query: { a: 1 } });
    expect(server.received[0]?.target).toBe(want);
  });

  test('sends no webhook without an endpoint', async () => {
    server = await login();
    const { error } = await clientOf({ webhook: true }, { baseUrl: server.url }).op();
    expect([error?.kind, error?.message]).toEqual(['configuration', expect.stringContaining('endpoint')]);
    expect(server.received.length).toBe(0);
  });

  test('can be an option of the call', async () => {
    server = await login();
    await clientOf({}, { baseUrl: 'http://127.0.0.1:1' }).op({}, { endpoint: `${server.url}/mine` });
    expect(server.received[0]?.target).toBe('/mine');
  });
});

describe('security alternatives', () => {
  const key = (name: string) => ({
    kind: 'key' as const,
    name,
    credential: { name, env: name, secret: true, carriers: [{ in: 'header' as const, name: `x-${name}` }] },
    refusals: api.securitySchemes.apiKey.refusals,
  });
  const many = {
    ...api,
    envelope: { ...api.envelope, code: 'status' as const },
    securitySchemes: { a: key('a'), b: key('b') },
  };
  test.each<[string[][], Record<string, string>, string]>([
    [[['a'], ['b']], { a: '1', b: '2' }, 'a'],
    [[['a'], ['b']], { b: '2' }, 'b'],
    [[['a', 'b']], { a: '1', b: '2' }, 'ab'],
    [[[], ['b']], { b: '2' }, 'b'],
    [[[], ['b']], {}, ''],
    [[], { a: '1' }, ''],
    [[['a'], ['b']], {}, 'missing credentials a'],
  ])('%j with %j', async (security, given, want) => {
    server = await login();
    const { error } = await clientOf({ security }, { baseUrl: server.url, credentials: given }, { api: many }).op();
    const headers = server.received[0]?.headers;
    const got = ['a', 'b'].filter((name) => headers?.[`x-${name}`]).join('');
    expect(error ? error.message : got).toContain(want);
    expect(error === undefined).toBe(!want.startsWith('missing'));
  });
});

test('the error message escapes control characters, and its properties hold the original text', () => {
  const context = { provider: 'sample', operation: 'a\u001b[2J', attempts: 1, elapsed: 0 };
  const error = new ConfigurationError('no \u009b31m\u202e\r\nheader \u{1f600} é', context);
  expect(error.message).toBe('sample: a�[2J: no �31m���header \u{1f600} é');
  expect(error.operation).toBe('a\u001b[2J');
});
