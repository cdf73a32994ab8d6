import { createHash } from 'node:crypto';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { isConnectionError, isTimeoutError, isUnexpectedResponseError } from '../../../runtime/client/index.ts';
import type { RetryDescriptor } from '../../../runtime/contract/index.ts';
import { createDiceyFun, credentials } from './dicey-fun.ts';
import { clientOf, noWait } from './fixtures.ts';
import { json, type Serve, serve, type TestServer } from './serve.ts';

let server: TestServer;
afterEach(() => {
  vi.restoreAllMocks();
  return server.close();
});

/** Sends the responses in order. The last one repeats. */
const turns =
  (...answers: Serve[]): Serve =>
  (request, answer, socket) =>
    (answers.length > 1 ? answers.shift() : answers[0])?.(request, answer, socket);

const ok: Serve = (_, answer) => json(answer, { fine: true });
const unavailable: Serve = (_, answer) => json(answer, { error: 'later' }, 503);
const reset: Serve = (_, __, socket) => void socket.destroy();

test('signs each attempt again, with new values', async () => {
  let time = 1_713_753_600_000;
  server = await serve(
    turns(
      (_, answer) => void answer.writeHead(500).end(),
      (_, __, socket) => void socket.destroy(),
      (_, answer) => json(answer, { code: 200, message: 'success', data: { authtoken: 't' } }),
    ),
  );
  const clock = { now: () => time, random: () => 0, sleep: async () => {} };
  const tick = async (url: string, init: RequestInit) => {
    time += 1_000;
    return fetch(url, init);
  };
  const { data, attempts } = await createDiceyFun({ baseUrl: server.url, fetch: tick, clock })
    .authToken()
    .withResponse();
  expect(data).toEqual({ authtoken: 't' });
  expect(attempts).toBe(3);
  const times = server.received.map(({ query }) => query.get('time'));
  expect(times).toEqual(['1713753600', '1713753601', '1713753602']);
  for (const { query } of server.received) {
    const { agentId, secret } = credentials;
    expect([...query.keys()]).toEqual(['agent_id', 'secret', 'time', 'signature']);
    const sum = createHash('md5')
      .update(`${agentId}${secret}${query.get('time')}`)
      .digest('hex');
    expect(query.get('signature')).toBe(sum);
  }
});

describe('which failures are retried', () => {
  const keyed: RetryDescriptor = { idempotent: { key: { in: 'header', name: 'Idempotency-Key' } } };
  test.each<[RetryDescriptor, string, Serve, number]>([
    ['safe', '503', unavailable, 3],
    ['idempotent', '503', unavailable, 3],
    [keyed, '503', unavailable, 3],
    ['never', '503', unavailable, 1],
    ['safe', 'an empty 500', (_, answer) => void answer.writeHead(500).end(), 3],
    ['safe', 'a 404', (_, answer) => json(answer, {}, 404), 1],
    ['safe', 'a reset before the response', reset, 3],
    ['never', 'a reset before the response', reset, 1],
    [
      'safe',
      'a reset within the body',
      (_, answer, socket) => {
        answer.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 }).write('{"fine":');
        setTimeout(() => socket.destroy(), 20);
      },
      3,
    ],
    [
      'never',
      'a reset within the body',
      (_, answer, socket) => {
        answer.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 }).write('{"fine":');
        setTimeout(() => socket.destroy(), 20);
      },
      1,
    ],
  ])('%j after %s: %i requests', async (retry, _, fault, want) => {
    server = await serve(fault);
    const { waits, clock } = noWait();
    const { error, attempts } = await clientOf({ retry, method: 'POST' }, { baseUrl: server.url, clock })
      .op()
      .withResponse();
    expect(error).toBeDefined();
    expect(server.received.length).toBe(want);
    expect(attempts).toBe(want);
    expect(error?.attempts).toBe(want);
    expect(waits.length).toBe(want - 1);
  });

  test('retries an operation with `retry: never` if no request was sent', async () => {
    server = await serve(ok);
    const { url } = server;
    await server.close();
    const { waits, clock } = noWait();
    const client = clientOf({ retry: 'never', method: 'POST' }, { baseUrl: url, clock });
    const { error } = await client.op();
    expect(isConnectionError(error) && [error.reason, error.sent, error.attempts]).toEqual(['ECONNREFUSED', false, 3]);
    expect(waits.length).toBe(2);
    server = await serve(ok);
  });

  test('a DNS failure counts as not sent', async () => {
    server = await serve(ok);
    const { clock } = noWait();
    const { error } = await clientOf({ retry: 'never' }, { baseUrl: 'http://no-such-host.invalid', clock }).op();
    expect(isConnectionError(error) && [error.sent, error.attempts]).toEqual([false, 3]);
  });

  test('a failed fetch in a browser does not count as not sent', async () => {
    server = await serve(ok);
    const { clock } = noWait();
    const fail = async () => {
      throw new TypeError('Failed to fetch');
    };
    const { error } = await clientOf({ retry: 'never' }, { baseUrl: server.url, fetch: fail, clock }).op();
    expect(isConnectionError(error) && [error.sent, error.attempts]).toEqual([true, 1]);
  });

  test('an idempotency key is the same for all attempts, and different for each call', async () => {
    server = await serve(unavailable);
    const client = clientOf({ retry: keyed, method: 'POST' }, { baseUrl: server.url, clock: noWait().clock });
    await client.op();
    await client.op();
    await client.op({}, { idempotencyKey: 'mine', retry: false });
    const keys = server.received.map(({ headers }) => headers['idempotency-key']);
    expect(new Set(keys.slice(0, 3)).size).toBe(1);
    expect(new Set(keys.slice(3, 6)).size).toBe(1);
    expect(new Set(keys).size).toBe(3);
    expect(keys[6]).toBe('mine');
  });
});

describe('delays between attempts', () => {
  test.each([
    ['full jitter between 0 and base·2ⁿ⁻¹', { base: 100, attempts: 5 }, 0.5, [50, 100, 200, 400]],
    ['the maximum delay', { base: 100, attempts: 5, cap: 150 }, 1, [100, 150, 150, 150]],
    ['none', false as const, 1, []],
  ])('%s', async (_, retry, random, want) => {
    server = await serve(unavailable);
    const { waits, clock } = noWait(random);
    await clientOf({}, { baseUrl: server.url, clock, retry }).op();
    expect(waits).toEqual(want);
  });

  test.each<[string, Record<string, string>, number[]]>([
    ['seconds', { 'retry-after': '7' }, [7_000, 7_000]],
    [
      'a date, relative to the Date header of the response',
      { 'retry-after': 'Fri, 01 Jan 2027 00:00:09 GMT', date: 'Fri, 01 Jan 2027 00:00:00 GMT' },
      [9_000, 9_000],
    ],
    ['longer than allowed: no retry', { 'retry-after': '61' }, []],
    ['invalid: the default delay', { 'retry-after': 'soon' }, [250, 500]],
  ])('Retry-After: %s', async (_, headers, want) => {
    server = await serve((_, answer) => {
      answer.sendDate = false;
      json(answer, { error: 'slow down' }, 429, headers);
    });
    const { waits, clock } = noWait();
    const { error } = await clientOf({}, { baseUrl: server.url, clock }).op();
    expect(waits).toEqual(want);
    expect(error?.code).toBe(429);
  });

  test('no delay exceeds the deadline of the call', async () => {
    server = await serve((_, answer) => json(answer, {}, 503, { 'retry-after': '30' }));
    const { waits, clock } = noWait();
    const { error } = await clientOf({}, { baseUrl: server.url, clock, timeout: { call: 10_000 } }).op();
    expect([waits, error?.code]).toEqual([[], 503]);
  });

  test('options of a call override options of the client', async () => {
    server = await serve(unavailable);
    const { waits, clock } = noWait();
    const client = clientOf({}, { baseUrl: server.url, clock, retry: { attempts: 9 } });
    await client.op({}, { retry: { attempts: 2 } });
    expect(waits.length).toBe(1);
  });
});

test('an abort ends the delay before a retry and leaves no timer', async () => {
  server = await serve((_, answer) => json(answer, {}, 503, { 'retry-after': '30' }));
  const started = vi.spyOn(globalThis, 'setTimeout');
  const ended = vi.spyOn(globalThis, 'clearTimeout');
  const controller = new AbortController();
  const onRetry = () => void setImmediate(() => controller.abort());
  const client = clientOf({}, { baseUrl: server.url, hooks: { onRetry } });
  const { error } = await client.op({}, { signal: controller.signal });
  expect([error?.kind, error?.attempts]).toEqual(['abort', 1]);
  const ends = new Set(ended.mock.calls.map(([timer]) => timer));
  const left = started.mock.results.filter(({ value }) => value.hasRef() && !ends.has(value));
  expect(left).toEqual([]);
  expect(ends.size).toBeGreaterThan(0);
});

describe('time limits', () => {
  const silent: Serve = () => {};
  const halfBody: Serve = (_, answer) => void answer.writeHead(200, { 'content-length': 9 }).write('{');

  test.each<[string, Serve, 'attempt' | 'call', number]>([
    ['slow headers', silent, 'attempt', 2],
    ['slow body', halfBody, 'attempt', 2],
    ['slow headers', silent, 'call', 1],
    ['slow body', halfBody, 'call', 1],
  ])('%s: timeout of the %s', async (_, fault, scope, want) => {
    server = await serve(fault);
    const timeout = { [scope]: 60 };
    const client = clientOf({}, { baseUrl: server.url, clock: noWait().clock, timeout, retry: { attempts: 2 } });
    const { error } = await client.op();
    expect(isTimeoutError(error) && [error.scope, error.limit, error.attempts]).toEqual([scope, 60, want]);
    expect(error?.elapsed).toBeGreaterThanOrEqual(55);
  });

  test('an operation with `retry: never` is not sent again after a timeout', async () => {
    server = await serve(silent);
    const { error } = await clientOf({ retry: 'never' }, { baseUrl: server.url, timeout: { attempt: 60 } }).op();
    expect(isTimeoutError(error) && error.attempts).toBe(1);
    // On a busy machine the limit can pass before the server has read the request.
    expect(server.received.length).toBeLessThanOrEqual(1);
  });

  test.each<[string, Serve]>([
    ['headers', silent],
    ['body', halfBody],
  ])('the caller aborts while the client waits for the %s', async (_, fault) => {
    server = await serve(fault);
    const controller = new AbortController();
    const calling = clientOf({}, { baseUrl: server.url }).op({}, { signal: controller.signal });
    setTimeout(() => controller.abort(), 40);
    const { error } = await calling;
    expect([error?.kind, error?.attempts]).toEqual(['abort', 1]);
  });

  test('the caller aborts during a delay', async () => {
    const controller = new AbortController();
    server = await serve((_, answer) => {
      json(answer, {}, 503, { 'retry-after': '50' });
      setTimeout(() => controller.abort(), 60);
    });
    const calling = clientOf({}, { baseUrl: server.url }).op({}, { signal: controller.signal });
    const { error } = await calling;
    expect(error?.kind).toBe('abort');
    expect(server.received.length).toBe(1);
  });

  test('an aborted signal prevents the request', async () => {
    server = await serve(ok);
    const { error } = await clientOf({}, { baseUrl: server.url }).op({}, { signal: AbortSignal.abort() });
    expect(error?.kind).toBe('abort');
    expect(server.received.length).toBe(0);
  });

  test('the client does not wait for a fetch that ignores its signal', async () => {
    server = await serve(ok);
    const never = () => new Promise<Response>(() => {});
    const { error } = await clientOf({}, { baseUrl: server.url, fetch: never, timeout: { call: 40 } }).op();
    expect(isTimeoutError(error)).toBe(true);
  });
});

test('the client does not follow redirects, which would reveal credentials', async () => {
  server = await serve((_, answer) => void answer.writeHead(307, { location: 'http://127.0.0.1:1/' }).end());
  const { error } = await clientOf({}, { baseUrl: server.url }).op();
  expect(error?.code).toBe(307);
  expect(server.received.length).toBe(1);
});

test('an empty 500 is an error where a code is required', async () => {
  server = await serve((_, answer) => void answer.writeHead(500).end());
  const client = createDiceyFun({ baseUrl: server.url, retry: false });
  const result = await client.authToken();
  expect(result.data).toBeUndefined();
  expect(isUnexpectedResponseError(result.error) && [result.error.status, result.error.reason]).toEqual([
    500,
    'an empty body',
  ]);
});
