import { describe, expect, test } from 'vitest';
import type { HandlerContext, ServerFailure } from '../../../runtime/server/index.ts';
import { createServer } from '../../../runtime/server/index.ts';
import { listen } from '../../../runtime/server/node.ts';
import { api, operation, overBoth } from './support.ts';

type Options = Partial<Parameters<typeof createServer>[1]>;
type Get = (input: unknown, context: HandlerContext) => unknown;

function serve(get: Get, options: Options = {}, given: Partial<Parameters<typeof operation>[0]> = {}) {
  const operations = { get: operation({ id: 'get', ...given }) };
  return createServer({ api: api(), operations, validators: {}, signers: {} }, { handlers: { get }, ...options });
}

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('request ids', () => {
  const cases: readonly [given: string | undefined, want: RegExp][] = [
    ['abc-1.2:3', /^abc-1\.2:3$/],
    [undefined, /^[0-9a-f-]{36}$/],
    ['', /^[0-9a-f-]{36}$/],
    ['with space', /^[0-9a-f-]{36}$/],
    ['<script>', /^[0-9a-f-]{36}$/],
    ['x'.repeat(129), /^[0-9a-f-]{36}$/],
  ];
  test.each(cases)('%j', async (given, want) => {
    const server = serve((_, { requestId }) => ({ data: { requestId } }));
    await overBoth(server, async (ask) => {
      for (const path of ['/', '/lost']) {
        const response = await ask(path, given === undefined ? {} : { headers: { 'x-request-id': given } });
        const id = response.headers.get('x-request-id') ?? '';
        expect(id).toMatch(want);
        if (path === '/') expect(await response.json()).toEqual({ requestId: id });
      }
    });
  });

  test('accepts the id under another header name', async () => {
    const server = serve(() => ({ data: {} }), { requestIdHeader: 'x-trace' });
    const response = await server.fetch(new Request('http://t/', { headers: { 'x-trace': 't-1' } }));
    expect([response.headers.get('x-trace'), response.headers.get('x-request-id')]).toEqual(['t-1', null]);
  });
});

describe('deadlines', () => {
  test('include the time of lookups', async () => {
    const failures: ServerFailure[] = [];
    const server = createServer(
      {
        api: api({
          securitySchemes: {
            key: {
              kind: 'key',
              name: 'key',
              credential: { name: 'key', env: 'K', secret: true, carriers: [{ in: 'header', name: 'k' }] },
              refusals: {
                missing: 401,
                invalid: 401,
                expired: 401,
                timestamp: 401,
                signature: 401,
                replay: 401,
                forbidden: 403,
              },
            },
          },
        }),
        operations: { get: operation({ id: 'get', security: [['key']], timeout: { response: 50 } }) },
        validators: {},
        signers: {},
      },
      {
        handlers: { get: () => ({ data: {} }) },
        security: { key: () => new Promise<never>(() => {}) },
        logger: {},
        onError: (failure) => void failures.push(failure),
      },
    );
    const response = await server.fetch(new Request('http://t/', { headers: { k: 'x' } }));
    expect([response.status, await response.json()]).toEqual([503, { error: 'the response timed out' }]);
    expect(failures).toMatchObject([{ kind: 'timeout', error: { name: 'DeadlineError' } }]);
  });

  test('apply to a body that does not arrive', async () => {
    const server = serve(
      () => ({ data: {} }),
      { deadline: 50, logger: {} },
      { method: 'POST', body: { required: true, content: ['text/plain'] } },
    );
    const body = new ReadableStream({ start: () => {} });
    const request = new Request('http://t/', { method: 'POST', body, duplex: 'half' } as RequestInit);
    expect((await server.fetch(request)).status).toBe(503);
  });

  test('come from the operation, the document, an option, or are absent', async () => {
    const seen: (number | undefined)[] = [];
    const get: Get = (_, { deadline, now }) => {
      seen.push(deadline === undefined ? undefined : deadline - now);
      return { data: {} };
    };
    const operations = {
      get: operation({ id: 'get', timeout: { response: 70 } }),
      other: operation({ id: 'other', path: '/o' }),
    };
    const definition = { api: api({ timeout: { response: 80 } }), operations, validators: {}, signers: {} };
    for (const options of [{}, { deadline: 90 }, { deadline: false as const }]) {
      const server = createServer(definition, { handlers: { get, other: get }, ...options });
      for (const path of ['/', '/o']) await server.fetch(new Request(`http://t${path}`));
    }
    expect(seen).toEqual([70, 80, 90, 90, undefined, undefined]);
  });

  test('abort the signal even if it is read only later', async () => {
    let late: AbortSignal | undefined;
    const server = serve(
      async (_, context) => {
        await wait(60);
        late = context.signal;
        return { data: {} };
      },
      { deadline: 20, logger: {} },
    );
    expect((await server.fetch(new Request('http://t/'))).status).toBe(503);
    await wait(60);
    expect(late?.aborted).toBe(true);
  });
});

test('a handler is notified when its client disconnects', async () => {
  const { promise: gone, resolve } = Promise.withResolvers<string>();
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const server = serve(async (_, { signal }) => {
    begin();
    await new Promise((done) => signal.addEventListener('abort', done));
    resolve('gone');
    return { data: {} };
  });
  const listening = await listen(server);
  try {
    const leaving = new AbortController();
    const asked = fetch(`${listening.url}/`, { signal: leaving.signal }).catch(() => 'left');
    await begun;
    leaving.abort();
    expect(await asked).toBe('left');
    expect(await gone).toBe('gone');
  } finally {
    await listening.close();
  }
});

describe('rate limits', () => {
  const cases: readonly [string, { allowed: boolean; retryAfter?: number }, number, string | null][] = [
    ['allowed', { allowed: true }, 200, null],
    ['not allowed', { allowed: false }, 429, null],
    ['later', { allowed: false, retryAfter: 12.2 }, 429, '13'],
    ['at once', { allowed: false, retryAfter: 0 }, 429, '1'],
  ];
  test.each(cases)('%s', async (_, decision, status, retryAfter) => {
    const asked: unknown[] = [];
    const rateLimit = {
      limit: async ({ operation: { id }, identity }: HandlerContext) => {
        asked.push([id, identity]);
        return decision as never;
      },
    };
    await overBoth(
      serve(() => ({ data: {} }), { rateLimit }),
      async (ask) => {
        const response = await ask('/');
        expect([response.status, response.headers.get('retry-after')]).toEqual([status, retryAfter]);
        expect(await response.json()).toEqual(status === 200 ? {} : { error: 'too many requests' });
      },
    );
    expect(asked).toEqual([
      ['get', {}],
      ['get', {}],
    ]);
  });

  test('a limiter that throws rejects every request', async () => {
    const rateLimit = { limit: () => Promise.reject(new Error('down')) };
    const server = serve(() => ({ data: {} }), { rateLimit, logger: {} });
    expect((await server.fetch(new Request('http://t/'))).status).toBe(500);
  });
});

describe('the address of the client', () => {
  const forwarded = '6.6.6.6, 203.0.113.7, 10.0.0.2';
  const cases: readonly [string, Options, http: string | null, bare: string | null][] = [
    ['comes from the socket', {}, '127.0.0.1', null],
    ['comes from one trusted proxy', { trustedProxies: 1 }, '10.0.0.2', '10.0.0.2'],
    ['two', { trustedProxies: 2 }, '203.0.113.7', '203.0.113.7'],
    ['comes from the socket if fewer proxies exist than are trusted', { trustedProxies: 4 }, '127.0.0.1', null],
    ['comes from the platform', { clientAddress: (_, peer) => `${peer ?? 'none'}!` }, '127.0.0.1!', 'none!'],
  ];
  test.each(cases)('%s', async (_, options, http, bare) => {
    const server = serve((_input, { remoteAddress = null }) => ({ data: { remoteAddress } }), options);
    await overBoth(server, async (ask, how) => {
      const response = await ask('/', { headers: { 'x-forwarded-for': forwarded } });
      expect(await response.json()).toEqual({ remoteAddress: how === 'http' ? http : bare });
    });
  });
});

test('the handler receives services and the raw request', async () => {
  const services = { name: 'database' };
  const operations = {
    get: operation({ id: 'get', method: 'POST', body: { required: true, content: ['application/json'] } }),
  };
  const server = createServer(
    { api: api(), operations, validators: {}, signers: {} },
    {
      services,
      clock: () => 42,
      handlers: {
        get: (_: unknown, context: HandlerContext<typeof services>) => ({
          data: [
            context.services === services,
            new TextDecoder().decode(context.bytes),
            context.now,
            context.request.headers.get('x-y'),
          ],
        }),
      },
    },
  );
  const init = { method: 'POST', body: '{ "a" : 1 }', headers: { 'content-type': 'application/json', 'x-y': 'z' } };
  await overBoth(server, async (ask) => {
    expect(await (await ask('/', init)).json()).toEqual([true, '{ "a" : 1 }', 42, 'z']);
  });
});
