import { afterEach, describe, expect, test } from 'vitest';
import { type CallState, createCaller, explain, handle, signing } from '../../../runtime/client/index.ts';
import { api, createDiceyFun, credentials, errors, type Operations, operations, signers } from './dicey-fun.ts';
import { clientOf, noWait } from './fixtures.ts';
import { json, serve, type TestServer } from './serve.ts';

let server: TestServer;
afterEach(() => server.close());

const dice = () =>
  serve(({ target }, answer) => {
    const data = target.startsWith('/api/v1/authToken') ? { authtoken: 'a.b.c' } : { game_list: [] };
    json(answer, { code: 200, message: 'success', data });
  });

test('explain prints the signing steps, with the vector of the document, and sends nothing', async () => {
  server = await dice();
  const clock = { now: () => 1_713_753_600_000 };
  const client = createDiceyFun({ baseUrl: 'https://dice.example', clock });
  const explanation = await explain(client, 'authToken');
  expect(`${explanation}`).toBe(
    [
      'agent_id = 9f86d081884c7d659a2feaa0c55ad015',
      'secret = ***',
      'time = 1713753600',
      'string signed = 9f86d081884c7d659a2feaa0c55ad015***1713753600',
      'signature = b6679e0ad0378845abdd9079f6b7762e',
      'request = GET https://dice.example/api/v1/authToken?agent_id=9f86d081884c7d659a2feaa0c55ad015&secret=***&time=1713753600&signature=b6679e0ad0378845abdd9079f6b7762e',
    ].join('\n'),
  );
  expect(explanation.headers['api-key']).toBe('***');
  const list = await explain(client, 'getGameList', { body: { lang: 'zh' } });
  expect([list.headers['auth-token'], list.body, list.signatures]).toEqual(['***', '{"lang":"zh"}', []]);
  expect(server.received.length).toBe(0);
});

describe('request', () => {
  test('signs, sends and checks an undeclared operation like a declared one', async () => {
    server = await dice();
    const client = createDiceyFun({ baseUrl: server.url });
    const { data } = await client.request('post', '/api/v1/unknown', { query: { a: [1, 2] }, body: { b: 1 } });
    expect(data).toEqual({ game_list: [] });
    const { target, headers, body, method } = server.received.at(-1) ?? {};
    expect([method, target, body]).toEqual(['POST', '/api/v1/unknown?a=1&a=2', '{"b":1}']);
    expect([headers?.['api-key'], headers?.['auth-token'], headers?.['content-type']]).toEqual([
      credentials.apiKey,
      'a.b.c',
      'application/json',
    ]);
  });

  test.each([
    ['/x?y=1', '/x?y=1&z=2'],
    ['/x#part', '/x?z=2'],
    ['/a b', '/a%20b?z=2'],
  ])('sends %s to %s', async (path, want) => {
    server = await dice();
    await createDiceyFun({ baseUrl: server.url }).request('get', path, { query: { z: 2 }, security: ['apiKey'] });
    expect(server.received[0]?.target).toBe(want);
  });

  test.each(['v1/data', '', '@evil.example/x', '//evil.example/x', ':80/x'])('rejects %j', async (path) => {
    server = await dice();
    const { error } = await createDiceyFun({ baseUrl: server.url }).request('get', path, { security: ['apiKey'] });
    expect(error).toMatchObject({
      kind: 'configuration',
      message: expect.stringContaining('must start with exactly one "/"'),
    });
    expect(server.received.length).toBe(0);
  });

  test('uses the configured security', async () => {
    server = await dice();
    await createDiceyFun({ baseUrl: server.url }).request('GET', '/x', {
      security: ['apiKey'],
      headers: { 'x-y': 'z' },
    });
    expect(server.received.length).toBe(1);
    expect(server.received[0]?.headers).toMatchObject({ 'api-key': credentials.apiKey, 'x-y': 'z' });
    expect(server.received[0]?.headers['auth-token']).toBeUndefined();
  });

  test.each([
    ['GET', 3],
    ['PUT', 3],
    ['POST', 1],
    ['PATCH', 1],
  ] as const)('tries %s %i times', async (method, want) => {
    server = await serve((_, answer) => void answer.writeHead(503).end());
    await createDiceyFun({ baseUrl: server.url, clock: noWait().clock }).request(method, '/x', { security: [] });
    expect(server.received.length).toBe(want);
  });
});

test('calls one operation by its handle', async () => {
  server = await dice();
  const getGameList = handle<Operations['getGameList']>(operations.getGameList);
  const logins = { authToken: handle(operations.authToken) };
  const caller = createCaller(
    { api, signers, errors, handles: logins, features: [signing] },
    { baseUrl: server.url, credentials, environment: {} },
  );
  const { data } = await caller.call(getGameList, { body: { lang: 'en' } });
  expect(data?.game_list).toEqual([]);
  expect(server.received.length).toBe(2);
  const without = createCaller(
    { api, signers, features: [signing] },
    { baseUrl: server.url, credentials, environment: {} },
  );
  const { error } = await without.call(getGameList, { body: {} });
  expect(error?.message).toContain('the client does not have the login operation authToken');
  const plain = createCaller({ api, signers, handles: logins }, { baseUrl: server.url, credentials, environment: {} });
  const unsigned = await plain.call(getGameList, { body: {} });
  expect(unsigned.error?.message).toContain('this client cannot sign for agentSignature: add the `signing` feature');
});

test('supports an operation with the name of a client method', async () => {
  server = await dice();
  const renamed = { request: { ...operations.authToken, id: 'request' } };
  const { createClient } = await import('../../../runtime/client/index.ts');
  const client = createClient<{ request: Operations['authToken'] }>(
    { api, operations: renamed, signers, features: [signing] },
    { baseUrl: server.url, credentials, environment: {} },
  );
  expect((await client.request()).data).toEqual({ authtoken: 'a.b.c' });
});

describe('hooks', () => {
  test('share one state per call, run in order, and can change what is signed', async () => {
    let count = 0;
    server = await serve((_, answer) => void answer.writeHead(count++ ? 200 : 503).end('{}'));
    const seen: [string, number, CallState][] = [];
    const note = (name: string) => (state: CallState) => void seen.push([name, state.attempt, state]);
    const hooks = {
      onRequest: (state: CallState) => {
        note('request')(state);
        state.headers.append('x-trace', `t${state.attempt}`);
        state.url += '?added=1';
      },
      onResponse: note('response'),
      onRetry: note('retry'),
      onError: note('error'),
    };
    await clientOf({}, { baseUrl: server.url, hooks, clock: noWait().clock }).op();
    expect(seen.map(([name, attempt]) => `${name} ${attempt}`)).toEqual([
      'request 1',
      'response 1',
      'retry 1',
      'request 2',
      'response 2',
    ]);
    expect(new Set(seen.map(([, , state]) => state)).size).toBe(1);
    expect(server.received.map(({ headers }) => headers['x-trace'])).toEqual(['t1', 't2']);
    expect(server.received.map(({ target }) => target)).toEqual(['/op?added=1', '/op?added=1']);
  });

  test('call onError with the final error, even if nothing was sent', async () => {
    server = await dice();
    const errorsSeen: unknown[] = [];
    const hooks = { onError: ({ error }: CallState) => void errorsSeen.push(error?.kind) };
    await clientOf({ body: { required: true, content: ['application/json'] } }, { baseUrl: server.url, hooks }).op();
    expect(errorsSeen).toEqual(['validation']);
  });

  test('run the plugin’s hooks before the caller’s; an error thrown by a hook ends the call', async () => {
    server = await dice();
    const order: string[] = [];
    const first = { onRequest: () => void order.push('plugin') };
    const then = { onRequest: () => void order.push('caller') };
    await clientOf({}, { baseUrl: server.url, hooks: then }, { hooks: first }).op();
    expect(order).toEqual(['plugin', 'caller']);
    const broken = {
      onRequest: () => {
        throw new RangeError('a bug');
      },
    };
    const { error } = await clientOf({}, { baseUrl: server.url, hooks: broken }).op();
    expect(error?.cause).toEqual(new RangeError('a bug'));
  });
});

test('log each request, response and delay at level debug', async () => {
  let count = 0;
  server = await serve((_, answer) => void answer.writeHead(count++ ? 200 : 503).end('{}'));
  const lines: [string, Readonly<Record<string, unknown>>][] = [];
  const logger = {
    debug: (event: string, fields: Readonly<Record<string, unknown>>) => void lines.push([event, fields]),
  };
  const environment = { COUNTERSIGN_DEBUG: '1' };
  await clientOf({}, { baseUrl: server.url, logger, environment, clock: noWait().clock }).op();
  const common = { provider: 'sample', operation: 'op' };
  expect(lines).toMatchObject([
    ['countersign.request', { ...common, attempt: 1, method: 'GET', url: `${server.url}/op` }],
    ['countersign.response', { ...common, attempt: 1, status: 503 }],
    ['countersign.retry', { ...common, delay: 250 }],
    ['countersign.request', { ...common, attempt: 2 }],
    ['countersign.response', { ...common, attempt: 2, status: 200 }],
  ]);
});
