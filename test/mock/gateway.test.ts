import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { credentialsIn } from '../../runtime/contract/index.ts';
import { hmacSha256Hex, md5Hex } from '../../runtime/signing/index.ts';
import { call, loadProvider, type Started, startGateway } from './support.ts';

let mock: Started;
beforeAll(async () => {
  mock = await startGateway();
});
afterAll(() => mock.close());

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${mock.url}${path}`, { headers });
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${mock.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

describe('requests without a client, in the format of the provider’s documentation', () => {
  it('accepts the signed GET of moonpacket once, and rejects its nonce the second time', async () => {
    const { credentials } = await loadProvider('moonpacket');
    const { apiKey = '', secret = '' } = credentials;
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signature = await hmacSha256Hex(secret, `{"user_id":"666"}${timestamp}n-1`);
    const headers = {
      'x-api-key': apiKey,
      'x-api-timestamp': timestamp,
      'x-api-nonce': 'n-1',
      'x-api-signature': signature,
    };
    const first = await get('/moonpacket/check?user_id=666', headers);
    expect(first.status).toBe(200);
    expect(await first.json()).toHaveProperty('data');
    const second = await get('/moonpacket/check?user_id=666', headers);
    expect(second.status).toBe(401);
    expect(await second.json()).toEqual({ error: 'nonce was already used' });
  });

  it('accepts the signed login of Dicey Fun, and its token on the next call', async () => {
    const { credentials } = await loadProvider('dicey-fun');
    const { apiKey = '', agentId = '', secret = '' } = credentials;
    const time = String(Math.floor(Date.now() / 1000));
    const query = new URLSearchParams({ agent_id: agentId, secret, time, signature: md5Hex(agentId + secret + time) });
    const login = await get(`/dicey-fun/api/v1/authToken?${query}`, { 'api-key': apiKey });
    const { code, data } = (await login.json()) as { code: number; data: { authtoken: string } };
    expect(code).toBe(200);
    expect(data.authtoken.split('.')).toHaveLength(3);
    const list = await post('/dicey-fun/api/v1/getGameList', {}, { 'api-key': apiKey, 'auth-token': data.authtoken });
    expect(await list.json()).toMatchObject({ code: 200, message: 'success' });
    const foreign = await post('/dicey-fun/api/v1/getGameList', {}, { 'api-key': apiKey, 'auth-token': 'a.b.c' });
    expect(await foreign.json()).toMatchObject({ code: 402, data: {} });
  });
});

describe('rejects an invalid request in the envelope of the provider', () => {
  const table: readonly (readonly [string, string, string, object, number, object])[] = [
    ['wrong key', 'dailyplay', 'createSession', { spoil: 'credentials' }, 401, { success: false }],
    ['wrong key', 'dicey-fun', 'authToken', { spoil: 'credentials' }, 200, { code: 403 }],
    ['old time', 'dicey-fun', 'authToken', { spoil: 'timestamp' }, 200, { code: 403 }],
    ['wrong signature', 'dicey-fun', 'authToken', { spoil: 'signature' }, 200, { code: 403 }],
    ['wrong key', 'hive', 'pushSuspensions', { spoil: 'credentials' }, 401, { result_code: 2 }],
    ['wrong key', 'moonpacket', 'getRules', { spoil: 'credentials' }, 401, {}],
    ['old time', 'moonpacket', 'getRules', { spoil: 'timestamp' }, 401, {}],
    ['wrong signature', 'moonpacket', 'getUserAttributes', { spoil: 'signature' }, 401, {}],
    ['the same twice', 'moonpacket', 'getUserAttributes', { spoil: 'replay' }, 401, {}],
    ['wrong key', 'plattr', 'getData', { spoil: 'credentials' }, 403, { result_code: 403 }],
    ['wrong input', 'dicey-fun', 'getPlayerInfo', { input: { body: { username: 7 } } }, 200, { code: 400 }],
    ['wrong input', 'hive', 'pushSuspensions', { input: { body: { data: [] } } }, 200, { result_code: 1 }],
    ['wrong input', 'plattr', 'createMail', { input: { body: {} } }, 200, { result_code: 1001 }],
    ['wrong input', 'dailyplay', 'createSession', { input: { body: {} } }, 400, { success: false }],
  ];
  it.each(table)('%s: %s %s', async (_, name, operation, more, status, body) => {
    const answer = await call(mock, name, operation, more);
    expect(answer.body).toMatchObject(body);
    expect(answer.status).toBe(status);
    expect(answer.error).toBeDefined();
  });

  it('the log says how to fix the request, without a secret', async () => {
    await call(mock, 'moonpacket', 'getUserAttributes', { spoil: 'signature' });
    const entry = mock.gateway.log.recent().at(-1);
    expect(entry?.problems.join()).toMatch(
      /The mock computed its signature from `\{"user_id":"666666666"\}\d{10}[0-9a-f]{16}`/,
    );
    await call(mock, 'dicey-fun', 'authToken', { spoil: 'timestamp' });
    expect(mock.gateway.log.recent().at(-1)?.problems.join()).toMatch(
      /86\d{3} s behind the mock's clock\. The mock allows 300 s/,
    );
    const all = JSON.stringify(mock.gateway.log.recent());
    for (const name of ['dicey-fun', 'moonpacket', 'hive', 'dailyplay', 'plattr']) {
      const { api, credentials } = await loadProvider(name);
      const schemes = Object.values(api.securitySchemes);
      const secrets = schemes.flatMap((scheme) => credentialsIn(scheme));
      for (const { secret, name: credential } of secrets) {
        if (secret) expect(all).not.toContain(credentials[credential]);
      }
    }
  });
});

describe('bodies', () => {
  const send = (text: string, init: object) =>
    fetch(`${mock.url}/dailyplay/api/org-api-keys?action=consume-session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      ...init,
      body: 'duplex' in init ? new Blob([text]).stream() : text,
    } as RequestInit);
  const token = '6f9619ff-8b86-4d01-b42d-00c04fc964ff';
  const table: readonly (readonly [string, number, object, string])[] = [
    ['with a length', 10, {}, 'kept'],
    ['without a length', 10, { duplex: 'half' }, 'kept'],
    ['of 300 KiB', 300 * 1024, {}, 'too large'],
    ['of 300 KiB without a length', 300 * 1024, { duplex: 'half' }, 'too large'],
  ];
  it.each(table)('%s reach the operation, and the log unless they are large', async (_, bytes, init, want) => {
    const text = JSON.stringify({ token, player_uuid: 'p', padding: 'x'.repeat(bytes) });
    expect((await send(text, init)).status).toBe(200);
    const { body } = mock.gateway.log.recent().at(-1)?.request ?? { body: '' };
    // The secret is a parameter of another operation, so that it is masked as a property here.
    expect(body).toBe(want === 'kept' ? text.replace(token, '•••') : '(not kept: too large)');
  });
});

describe('dispatch', () => {
  const table: readonly (readonly [string, string, string])[] = [
    ['POST', '/dailyplay/api/org-api-keys?action=consume-session', 'consumeSession'],
    [
      'GET',
      '/dailyplay/api/org-api-keys?action=validate-session&token=6f9619ff-8b86-4d01-b42d-00c04fc964ff',
      'validateSession',
    ],
    ['GET', '/dailyplay/api/org-api-keys?org_id=5', 'listApiKeys'],
    ['POST', '/dailyplay/api/org-api-keys', 'createApiKey'],
    ['GET', '/moonpacket/check', 'getRules'],
    ['GET', '/moonpacket/check?user_id=1', 'getUserAttributes'],
    ['HEAD', '/moonpacket/check', 'getRules'],
  ];
  it.each(table)('%s %s is %s', async (method, path, operation) => {
    await fetch(`${mock.url}${path}`, {
      method,
      ...(method === 'POST' && { body: '{}', headers: { 'content-type': 'application/json' } }),
    });
    expect(mock.gateway.log.recent().at(-1)?.operation).toBe(operation);
  });
  it('reports an unknown provider and an unknown path', async () => {
    expect((await get('/nobody/x')).status).toBe(404);
    expect(await (await get('/nobody/x')).json()).toMatchObject({ title: 'Provider not found' });
    expect(await (await get('/dicey-fun/api/v1/nothing')).json()).toMatchObject({ code: 404 });
    const answer = await call(mock, 'dailyplay', 'consumeSession', { prefer: 'code=418' });
    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({
      title: 'Response not found',
      detail: expect.stringContaining('codes 400, 410, 500'),
    });
  });
});

describe('Prefer', () => {
  const table: readonly (readonly [string, string, string, number, object])[] = [
    ['dicey-fun', 'setPlayerWallet', 'code=422', 200, { code: 422 }],
    ['dicey-fun', 'getGameList', 'example=zh', 200, { code: 200 }],
    ['dicey-fun', 'getGameList', 'status=404', 404, {}],
    ['dicey-fun', 'getGameList', 'status=999', 404, { title: 'Response not found' }],
    ['dicey-fun', 'getGameList', 'code=999', 404, { title: 'Response not found' }],
    ['dailyplay', 'consumeSession', 'code=410', 410, { success: false }],
    ['plattr', 'getData', 'code=403', 403, { result_code: 403 }],
    // It is a code of Dicey Fun, but this operation does not declare it: HTTP 422 would return a different code.
    ['dicey-fun', 'authToken', 'code=422', 404, { title: 'Response not found' }],
    ['dicey-fun', 'authToken', 'example=nonsense', 404, { title: 'Response not found' }],
  ];
  it.each(table)('%s %s, %s', async (name, operation, prefer, status, body) => {
    const answer = await call(mock, name, operation, { prefer });
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject(body);
  });
  it('dynamic=true generates only what is declared', async () => {
    const { body } = await call(mock, 'dicey-fun', 'getGameList', { prefer: 'dynamic=true, seed=7' });
    const { data } = body as { data: { game_list: readonly object[] } };
    expect(Object.keys(body as object).sort()).toEqual(['code', 'data', 'message']);
    expect(data.game_list.length).toBeGreaterThan(0);
    for (const game of data.game_list) expect(game).toHaveProperty('game_key');
    const rules = await call(mock, 'moonpacket', 'getRules', { prefer: 'dynamic=true, seed=7' });
    expect(Object.keys((rules.body as { data: object }).data).length).toBeGreaterThan(0);
  });
});

describe('TRACE', () => {
  it.each([[{}], [{ 'content-length': '0' }], [{ 'content-length': '2' }], [{ 'transfer-encoding': 'chunked' }]])(
    'with %j gets the response of any undeclared method',
    async (headers) => {
      const sent = request(`${mock.url}/hive/suspensions`, { method: 'TRACE', headers });
      sent.end('content-length' in headers && headers['content-length'] === '2' ? '{}' : '');
      const [response] = (await once(sent, 'response')) as [IncomingMessage];
      response.resume();
      // Hive's contract has one status for a wrong URL and a wrong method.
      expect(response.statusCode).toBe(404);
      expect(response.headers['content-type']).toBe('application/json');
    },
  );
});

describe('browsers', () => {
  it('accepts a preflight of any page, with cookies for pages of this machine', async () => {
    const ask = (origin: string) =>
      fetch(`${mock.url}/dicey-fun/api/v1/getGameList`, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'api-key,prefer',
        },
      });
    const local = await ask('http://localhost:5173');
    expect(local.status).toBe(204);
    expect(local.headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
    expect(local.headers.get('access-control-allow-credentials')).toBe('true');
    expect(local.headers.get('access-control-allow-headers')).toBe('api-key,prefer');
    const foreign = await ask('https://shop.example');
    expect(foreign.headers.get('access-control-allow-origin')).toBe('*');
    expect(foreign.headers.get('access-control-allow-credentials')).toBeNull();
  });
  it('allows the page to read error responses', async () => {
    const answer = await get('/moonpacket/check', { origin: 'http://127.0.0.1:3000' });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('access-control-allow-origin')).toBe('http://127.0.0.1:3000');
    expect(answer.headers.get('access-control-expose-headers')).toContain('x-request-id');
  });
});

describe('delay, sessions and scenarios', () => {
  it('waits as long as Prefer requests', async () => {
    const { ms, status } = await call(mock, 'dailyplay', 'consumeSession', { prefer: 'x-delay=250' });
    expect(status).toBe(200);
    expect(ms).toBeGreaterThanOrEqual(245);
  });
  it('expires tokens on request, and a client logs in again', async () => {
    const tokens = new Map<string, { value: string; at: number }>();
    const tokenStore = {
      get: (key: string) => tokens.get(key),
      set: (key: string, token: { value: string; at: number }) => void tokens.set(key, token),
    };
    await call(mock, 'dicey-fun', 'getGameList', { tokenStore });
    const [before] = tokens.values();
    mock.gateway.sessions('dicey-fun').expireAll();
    const again = await call(mock, 'dicey-fun', 'getGameList', { tokenStore });
    expect(again.body).toMatchObject({ code: 200 });
    const [after] = tokens.values();
    expect(after?.value).not.toBe(before?.value);
    const refused = mock.gateway.log.recent().filter(({ code }) => code === '402');
    expect(refused.at(-1)?.problems).toEqual(['The token in header `auth-token` has expired. Call authToken again.']);
  });
  it('sends failures in the sequence of its seed', async () => {
    const run = async (seed: string): Promise<readonly unknown[]> => {
      const chaotic = await startGateway({
        seed,
        scenario: { name: 'custom', description: '', delay: 0, chaos: 0.5 },
      });
      const seen: unknown[] = [];
      for (let i = 0; i < 8; i += 1) {
        const { status, error } = await call(chaotic, 'dailyplay', 'consumeSession', {}).catch(() => ({
          status: 'cut',
          error: '',
        }));
        seen.push(status ?? (error === undefined ? '' : 'cut'));
      }
      await chaotic.close();
      return seen;
    };
    const first = await run('4');
    expect(await run('4')).toEqual(first);
    expect(first).toContain(200);
    expect(first).toContain(500);
  });
  it('sends the requested response in any scenario', async () => {
    const down = await startGateway({ scenario: { name: 'down', description: '', delay: 0, chaos: 1 } });
    expect((await call(down, 'dailyplay', 'consumeSession')).status).toBe(500);
    expect((await call(down, 'dailyplay', 'consumeSession', { prefer: 'code=410' })).status).toBe(410);
    await down.close();
  });
  it('sends a pinned response until it is unpinned', async () => {
    mock.gateway.director.pin('dailyplay/consumeSession', { status: '410' });
    expect((await call(mock, 'dailyplay', 'consumeSession')).status).toBe(410);
    expect((await call(mock, 'dailyplay', 'consumeSession', { prefer: 'code=400' })).status).toBe(400);
    mock.gateway.director.pin('dailyplay/consumeSession', undefined);
    expect((await call(mock, 'dailyplay', 'consumeSession')).status).toBe(200);
  });
});

describe('errors of the mock itself', () => {
  it('are reported as a bug of the mock, in the response and in the log', async () => {
    const whole = await loadProvider('moonpacket');
    const broken = { ...whole, operations: whole.operations.map((each) => ({ ...each, pathKey: '/not-there' })) };
    const own = await startGateway({ verify: false, providers: [{ name: 'moonpacket', load: async () => broken }] });
    const answer = await fetch(`${own.url}/moonpacket/check`);
    expect(answer.status).toBe(500);
    expect(await answer.json()).toMatchObject({
      title: 'The mock cannot create this response',
      detail: 'Prism does not have the operation getRules.',
    });
    expect(own.gateway.log.recent().at(-1)?.problems).toEqual(['Prism does not have the operation getRules.']);
    await own.close();
  });
  it('are reported for a spec that cannot be read, and for no other', async () => {
    const own = await startGateway({
      verify: false,
      providers: [
        { name: 'moonpacket', load: () => loadProvider('moonpacket') },
        { name: 'broken', load: () => Promise.reject(new Error('openapi.yaml:3:1 it is not YAML')) },
      ],
    });
    const answer = await fetch(`${own.url}/broken/x`);
    expect(answer.status).toBe(500);
    expect(await answer.json()).toMatchObject({ detail: 'openapi.yaml:3:1 it is not YAML' });
    expect((await fetch(`${own.url}/moonpacket/check`)).status).toBe(200);
    await own.close();
  });
});

describe('--no-verify and a provider at the root', () => {
  it('accepts every valid input', async () => {
    const open = await startGateway({ verify: false });
    const answer = await fetch(`${open.url}/moonpacket/check`);
    expect(answer.status).toBe(200);
    expect((await call(open, 'moonpacket', 'getRules', { spoil: 'signature' })).status).toBe(200);
    expect((await call(open, 'dicey-fun', 'getPlayerInfo', { input: { body: {} } })).body).toMatchObject({ code: 400 });
    await open.close();
  });
  it('serves one provider without a prefix', async () => {
    const alone = await startGateway({
      atRoot: true,
      providers: [{ name: 'moonpacket', load: () => loadProvider('moonpacket') }],
    });
    const provider = await loadProvider('moonpacket');
    const { send } = await import('../../runtime/mock/send.ts');
    const sent = await send({
      provider,
      operation: 'getUserAttributes',
      input: { query: { user_id: '7' } },
      baseUrl: alone.url,
      fetch: (url, init) => fetch(url, init),
    });
    expect(sent.request?.url).toBe(`${alone.url}/check?user_id=7`);
    expect(sent.response?.status).toBe(200);
    await alone.close();
  });
});
