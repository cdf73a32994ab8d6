import { afterEach, describe, expect, test } from 'vitest';
import { clientOf, noWait } from './fixtures.ts';
import { json, type Serve, serve, type TestServer } from './serve.ts';

let server: TestServer;
afterEach(() => server.close());

const ok: Serve = (_, answer) => json(answer, { fine: true });
const fail =
  (status: number): Serve =>
  (_, answer) =>
    json(answer, { error: 'later' }, status);

describe('Retry-After-Ms and Retry-After', () => {
  test.each<[Record<string, string>, number | undefined]>([
    [{ 'retry-after-ms': '1' }, 1],
    [{ 'retry-after-ms': '120.5' }, 120.5],
    [{ 'retry-after-ms': '0', 'retry-after': '9' }, 0],
    [{ 'retry-after-ms': 'soon', 'retry-after': '2' }, 2_000],
    [{ 'retry-after-ms': '-5', 'retry-after': '2' }, 2_000],
    [{ 'retry-after': '0.5' }, 500],
    [{ 'retry-after': '1.' }, 1_000],
    [{ 'retry-after': '.25' }, 250],
    [{ 'retry-after': '1.5.2' }, undefined],
    [{ 'retry-after': '-1' }, undefined],
    [{ 'retry-after': '1e3' }, undefined],
    [{ 'retry-after': 'Infinity' }, undefined],
    [{ 'retry-after': '' }, undefined],
  ])('%j', async (headers, want) => {
    server = await serve((_, answer) => json(answer, {}, 429, headers));
    const { error } = await clientOf({}, { baseUrl: server.url, retry: false }).op();
    expect((error as { retryAfter?: number } | undefined)?.retryAfter).toBe(want);
  });
});

describe('retry quota', () => {
  /** Calls that each fail permanently, one after the other, until one is not retried. */
  const retriesUntilEmpty = async (status: number, quota?: number) => {
    server = await serve(fail(status));
    const retry = { attempts: 2, ...(quota !== undefined && { quota }) };
    const client = clientOf({}, { baseUrl: server.url, clock: noWait().clock, retry });
    for (let retries = 0; ; retries += 1) {
      const { error } = await client.op();
      if (error?.attempts === 1 || retries === 120) return retries;
    }
  };

  test.each<[string, number, number | undefined, number]>([
    ['transient errors take 14 of 500', 503, undefined, 35],
    ['throttling errors take 5 of 500', 429, undefined, 100],
    ['a quota of one', 500, 14, 1],
    ['a quota below the cost', 500, 13, 0],
    ['no quota', 500, Infinity, 120],
  ])('%s', async (_, status, quota, want) => {
    expect(await retriesUntilEmpty(status, quota)).toBe(want);
  });

  test('a first attempt needs no token, and a success returns one', async () => {
    let down = true;
    server = await serve((request, answer, socket) => (down ? fail(503) : ok)(request, answer, socket));
    const client = clientOf({}, { baseUrl: server.url, clock: noWait().clock, retry: { attempts: 2, quota: 14 } });
    const attempts = async () => (await client.op().withResponse()).attempts;
    expect([await attempts(), await attempts(), await attempts()]).toEqual([2, 1, 1]);
    down = false;
    for (let i = 0; i < 13; i += 1) expect(await attempts()).toBe(1);
    down = true;
    expect(await attempts()).toBe(1);
    down = false;
    await attempts();
    down = true;
    expect([await attempts(), await attempts()]).toEqual([2, 1]);
  });

  test('a successful retry returns the tokens that it took', async () => {
    let count = 0;
    server = await serve((request, answer, socket) => {
      count += 1;
      return (count % 2 ? fail(503) : ok)(request, answer, socket);
    });
    const client = clientOf({}, { baseUrl: server.url, clock: noWait().clock, retry: { quota: 14 } });
    for (let i = 0; i < 5; i += 1) expect((await client.op().withResponse()).attempts).toBe(2);
  });

  test('each client has its own quota, shared by all its calls', async () => {
    server = await serve(fail(503));
    const options = () => ({ baseUrl: server.url, clock: noWait().clock, retry: { attempts: 2, quota: 28 } });
    const [one, other] = [clientOf({}, options()), clientOf({}, options())];
    await Promise.all([1, 2, 3, 4].map(() => one.op()));
    expect(server.received.length).toBe(6);
    await other.op();
    expect(server.received.length).toBe(8);
  });
});

describe('slow start after throttling', () => {
  /**
   * A provider that throttles the first `burst` requests, once all of them have arrived, and responds to later ones
   * when `together` have arrived. Its result grows: the maximum number of concurrent requests so far, for each request
   * after the burst.
   */
  const throttled = async (burst: number, body: object = {}) => {
    let [now, most, count] = [0, 0, 0];
    const held: (() => void)[] = [];
    const provider = { peaks: [] as number[], together: 1 };
    server = await serve((_, answer) => {
      now += 1;
      count += 1;
      const refused = count <= burst;
      if (!refused) {
        most = Math.max(most, now);
        provider.peaks.push(most);
      }
      held.push(() => {
        now -= 1;
        json(
          answer,
          refused ? { error: 'slow down', ...body } : { code: 200, message: 'success' },
          refused && !('code' in body) ? 429 : 200,
        );
      });
      if (refused ? count === burst : held.length >= provider.together)
        setTimeout(() => {
          for (const release of held.splice(0)) release();
        }, 5);
    });
    return provider;
  };

  test('calls that were throttled together do not retry together', async () => {
    const { peaks } = await throttled(16);
    const client = clientOf({}, { baseUrl: server.url, clock: noWait().clock });
    const results = await Promise.all(Array.from({ length: 16 }, () => client.op()));
    expect(results.filter(({ error }) => error)).toEqual([]);
    // One at first. Each success lets one more begin.
    expect(peaks.slice(0, 2)).toEqual([1, expect.any(Number)]);
    expect(peaks[1]).toBeLessThanOrEqual(2);
    expect(Math.max(...peaks)).toBeLessThan(12);
  });

  test('the rate limit ends once it reaches the former rate', async () => {
    const provider = await throttled(4);
    const client = clientOf({}, { baseUrl: server.url, clock: noWait().clock });
    await Promise.all(Array.from({ length: 4 }, () => client.op()));
    for (let i = 0; i < 20; i += 1) await client.op();
    provider.together = 12;
    const results = await Promise.all(Array.from({ length: 12 }, () => client.op()));
    expect(results.filter(({ error }) => error)).toEqual([]);
    expect(Math.max(...provider.peaks)).toBe(12);
  });

  test('a code 429 in the envelope counts as throttling, too', async () => {
    const { peaks } = await throttled(8, { code: 429, message: 'slow down' });
    const { api } = await import('./dicey-fun.ts');
    const errors = { 429: { name: 'Limited', retry: true } };
    const client = clientOf(
      {},
      { baseUrl: server.url, clock: noWait().clock },
      { api: { ...api, securitySchemes: {}, envelope: { ...api.envelope, errors } } },
    );
    const results = await Promise.all(Array.from({ length: 8 }, () => client.op()));
    expect(results.filter(({ error }) => error)).toEqual([]);
    expect(peaks[0]).toBe(1);
    expect(Math.max(...peaks)).toBeLessThan(8);
  });

  test('a call that is aborted in the queue gives its turn to the next', async () => {
    const { peaks } = await throttled(6);
    const client = clientOf({}, { baseUrl: server.url, clock: noWait().clock });
    const controller = new AbortController();
    const calls = Array.from({ length: 6 }, (_, i) => client.op({}, i % 2 ? { signal: controller.signal } : {}));
    const ended = await Promise.all(
      calls.map(async (call, i) => {
        const { error } = await call;
        if (i === 0) controller.abort();
        return error?.kind;
      }),
    );
    expect(ended.filter((kind) => kind !== undefined && kind !== 'abort')).toEqual([]);
    expect([ended[0], ended[2], ended[4]]).toEqual([undefined, undefined, undefined]);
    expect(peaks[0]).toBe(1);
  });

  test('time in the queue counts against the deadline of the call', async () => {
    let count = 0;
    server = await serve((_, answer) => {
      count += 1;
      // The first three are throttled. The retry that has its turn never gets a response.
      if (count <= 3) json(answer, {}, 429);
    });
    const client = clientOf({}, { baseUrl: server.url, clock: noWait(0).clock, timeout: { call: 300 } });
    const results = await Promise.all([client.op(), client.op(), client.op()]);
    expect(results.map(({ error }) => error?.kind)).toEqual(['timeout', 'timeout', 'timeout']);
  });
});

test('retry code is loaded with neither the client nor its first call', async () => {
  const { bundleClient } = await import('../../../bench/runtime/bundle.ts');
  const { first, call, all } = await bundleClient('hive');
  const withRetries = [first, call, all].map(({ inputs }) =>
    inputs.filter((path) => path.endsWith('client/retries.ts')),
  );
  expect(withRetries.map(({ length }) => length)).toEqual([0, 0, 1]);
});
