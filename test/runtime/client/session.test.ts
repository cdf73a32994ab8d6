import { afterEach, describe, expect, test } from 'vitest';
import type { AskingSession } from '../../../runtime/client/client-api.ts';
import { isUnexpectedResponseError, type Token } from '../../../runtime/client/index.ts';
import { createSession } from '../../../runtime/client/session.ts';
import { BusinessError, createDiceyFun, TokenExpiredError } from './dicey-fun.ts';
import { noWait } from './fixtures.ts';
import { json, type Received, serve, type TestServer } from './serve.ts';

let server: TestServer;
afterEach(() => server.close());

const LOGIN = '/api/v1/authToken';
const logins = () => server.received.filter(({ target }) => target.startsWith(LOGIN)).length;
const tokensSent = () => server.received.map(({ headers }) => headers['auth-token']).filter(Boolean);

/** Returns t1, t2, …; `accepts` says whether a token is valid. */
const provider = (accepts: (token: string, request: Received) => boolean) => {
  let issued = 0;
  return serve((request, answer) => {
    if (request.target.startsWith(LOGIN)) {
      issued += 1;
      return json(answer, { code: 200, message: 'success', data: { authtoken: `t${issued}` } });
    }
    if (!accepts(String(request.headers['auth-token']), request)) {
      return json(answer, { code: 402, message: 'Token expired', data: null });
    }
    json(answer, { code: 200, message: 'success', data: { game_list: [], coin: 1 } });
  });
};

const list = { body: { lang: 'en' } } as const;
const transfer = { body: { username: 'a', coin: 5 } };

describe('login', () => {
  test('runs on the first call that needs it, once for 100 parallel calls, and not again', async () => {
    server = await provider(() => true);
    const client = createDiceyFun({ baseUrl: server.url });
    const results = await Promise.all(Array.from({ length: 100 }, () => client.getGameList(list)));
    expect(results.every(({ error }) => error === undefined)).toBe(true);
    await client.getGameList(list);
    expect(logins()).toBe(1);
    expect(new Set(tokensSent())).toEqual(new Set(['t1']));
  });

  test('by the user takes precedence', async () => {
    server = await provider(() => true);
    const client = createDiceyFun({ baseUrl: server.url });
    await client.authToken();
    await client.authToken();
    await client.getGameList(list);
    expect(logins()).toBe(2);
    expect(tokensSent()).toEqual(['t2']);
  });

  test('that fails is the error of the call, and is repeated by the next call', async () => {
    let broken = true;
    server = await serve((request, answer) => {
      if (broken) return json(answer, { code: 403, message: 'authentication failed' });
      const data = request.target.startsWith(LOGIN) ? { authtoken: 't' } : { game_list: [] };
      json(answer, { code: 200, message: 'success', data });
    });
    const client = createDiceyFun({ baseUrl: server.url });
    const { error } = await client.getGameList(list);
    expect([error?.operation, error?.code]).toEqual(['authToken', 403]);
    broken = false;
    expect((await client.getGameList(list)).data).toEqual({ game_list: [] });
  });

  test('without a token in its response is an unexpected response', async () => {
    server = await serve((_, answer) => json(answer, { code: 200, message: 'success', data: {} }));
    const { error } = await createDiceyFun({ baseUrl: server.url, logger: {} }).getGameList(list);
    expect(isUnexpectedResponseError(error) && error.reason).toBe('no token');
  });

  test('continues for other callers when one aborts', async () => {
    server = await serve((request, answer) => {
      const login = request.target.startsWith(LOGIN);
      const data = login ? { authtoken: 't' } : { game_list: [] };
      setTimeout(() => json(answer, { code: 200, message: 'success', data }), login ? 80 : 0);
    });
    const client = createDiceyFun({ baseUrl: server.url });
    const controller = new AbortController();
    const aborted = client.getGameList(list, { signal: controller.signal });
    const other = client.getGameList(list);
    setTimeout(() => controller.abort(), 20);
    expect((await aborted).error?.kind).toBe('abort');
    expect((await other).data).toEqual({ game_list: [] });
    expect(logins()).toBe(1);
  });
});

describe('an expired token', () => {
  test('of 100 parallel calls causes one login, and one more attempt each', async () => {
    server = await provider((token) => token !== 't1');
    const client = createDiceyFun({ baseUrl: server.url });
    const results = await Promise.all(Array.from({ length: 100 }, () => client.getGameList(list).withResponse()));
    expect(results.every(({ error, attempts }) => error === undefined && attempts === 2)).toBe(true);
    expect(logins()).toBe(2);
  });

  test('that is rejected after a renewal causes no login', async () => {
    let releaseSlow = () => {};
    const slow = new Promise<void>((resolve) => {
      releaseSlow = resolve;
    });
    let issued = 0;
    server = await serve(async (request, answer) => {
      if (request.target.startsWith(LOGIN)) {
        issued += 1;
        return json(answer, { code: 200, message: 'success', data: { authtoken: `t${issued}` } });
      }
      const old = request.headers['auth-token'] === 't1';
      if (old && request.body.includes('zh')) await slow;
      if (old) return json(answer, { code: 402, message: 'expired' });
      json(answer, { code: 200, message: 'success', data: { game_list: [] } });
    });
    const client = createDiceyFun({ baseUrl: server.url });
    const late = client.getGameList({ body: { lang: 'zh' } });
    expect((await client.getGameList(list)).error).toBeUndefined();
    expect(logins()).toBe(2);
    releaseSlow();
    expect((await late).error).toBeUndefined();
    expect(logins()).toBe(2);
  });

  test('that is rejected twice causes one retry, then the error', async () => {
    server = await provider(() => false);
    const { waits, clock } = noWait();
    const { error } = await createDiceyFun({ baseUrl: server.url, clock }).getGameList(list);
    expect(error).toBeInstanceOf(TokenExpiredError);
    expect([error?.attempts, logins(), waits.length]).toEqual([2, 2, 0]);
  });

  test('is renewed for a transfer too, because the provider rejected it', async () => {
    server = await provider((token) => token !== 't1');
    const { data } = await createDiceyFun({ baseUrl: server.url }).setPlayerWallet(transfer);
    expect(data?.coin).toBe(1);
    expect(tokensSent()).toEqual(['t1', 't2']);
  });

  test('is the only code after which a transfer is sent again', async () => {
    server = await serve((request, answer) =>
      request.target.startsWith(LOGIN)
        ? json(answer, { code: 200, message: 'success', data: { authtoken: 't' } })
        : json(answer, { code: 422, message: 'insufficient balance' }),
    );
    const { error } = await createDiceyFun({ baseUrl: server.url }).setPlayerWallet(transfer);
    expect(error).toBeInstanceOf(BusinessError);
    expect(tokensSent().length).toBe(1);
  });
});

test('two clients that share a token store log in once', async () => {
  server = await provider(() => true);
  const kept = new Map<string, Token>();
  const tokenStore = {
    get: async (key: string) => kept.get(key),
    set: async (key: string, token: Token) => void kept.set(key, token),
  };
  for (const _ of [1, 2]) await createDiceyFun({ baseUrl: server.url, tokenStore }).getGameList(list);
  expect(logins()).toBe(1);
  expect([...kept]).toEqual([['dicey-fun/authToken', { value: 't1', at: expect.any(Number) }]]);
});

test.each([
  [undefined, 1e9, 't1'],
  [60, 59_999, 't1'],
  [60, 60_000, 't2'],
])('a token with a lifetime of %s s is, after %s ms, %s', async (maxAge, elapsed, want) => {
  server = await serve(() => undefined);
  let now = 1_700_000_000_000;
  let issued = 0;
  const scheme: AskingSession = {
    kind: 'session',
    name: 'session',
    operations: ['authToken'],
    token: '/data/authtoken',
    expired: [],
    carriers: [{ in: 'header', name: 'auth-token' }],
    ...(maxAge !== undefined && { maxAge }),
  };
  const session = createSession(scheme, 'key', () => now);
  const login = () => {
    issued += 1;
    return session.keep(`t${issued}`);
  };
  expect(await session.renew(undefined, login)).toBe('t1');
  now += elapsed;
  expect(session.current(undefined) ?? (await session.renew(undefined, login))).toBe(want);
});
