import createFetchClient, { type Middleware } from 'openapi-fetch';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createDiceyFun } from './dicey-fun.ts';
import { clientOf, noWait } from './fixtures.ts';
import { json, type Received, serve, type TestServer } from './serve.ts';

let server: TestServer;
afterEach(() => {
  vi.unstubAllGlobals();
  return server?.close();
});

const start = async (answer: (request: Received, count: number) => readonly [status: number, body: unknown]) => {
  server = await serve((request, response) => {
    const [status, body] = answer(request, server.received.length);
    json(response, body, status);
  });
  return server.url;
};

const operation = {
  path: '/op/{id}',
  parameters: [
    { name: 'id', in: 'path', required: true, style: 'simple', explode: false, shape: { kind: 'any' } },
  ] as const,
};
const input: { path: Record<string, unknown>; query: Record<string, unknown> } = {
  path: { id: 'a b' },
  query: { q: 1 },
};

/** Records its arguments, like one written for openapi-fetch. */
const noting = (name: string, notes: string[]): Middleware => ({
  async onRequest({ request, schemaPath, params }) {
    const text = await request.clone().text();
    notes.push(
      `${name} request ${request.method} ${schemaPath} ${JSON.stringify([params.path, params.query])} ${text}`,
    );
  },
  async onResponse({ response }) {
    notes.push(`${name} response ${response.status} ${await response.clone().text()}`);
  },
  onError({ error }) {
    notes.push(`${name} error ${(error as Error).name}`);
  },
});

test('middleware runs in the order of openapi-fetch and receives the same arguments', async () => {
  const url = await start(() => [200, { coin: 1 }]);
  const ours: string[] = [];
  const client = clientOf({ ...operation, method: 'POST' }, { baseUrl: url, middleware: [noting('a', ours)] });
  const { data } = await client.op({ ...input, body: { n: 1 } }, { middleware: [noting('b', ours)] });
  expect(data).toEqual({ coin: 1 });

  const theirs: string[] = [];
  type Op = { parameters: { path: object; query: object }; requestBody: { content: { 'application/json': object } } };
  const plain = createFetchClient<{ '/op/{id}': { post: Op & { responses: Record<never, never> } } }>({ baseUrl: url });
  plain.use(noting('a', theirs), noting('b', theirs));
  await plain.POST('/op/{id}', { params: input, body: { n: 1 } });
  expect(ours).toEqual(theirs);
  const wire = ({ target, body, headers }: Received) => [target, body, headers['content-type']];
  expect(wire(server.received[0] as Received)).toEqual(wire(server.received[1] as Received));
});

const body = { lang: 'en' } as const;
const ok = (request: Received): readonly [number, unknown] =>
  request.target.includes('authToken')
    ? [200, { code: 200, message: 'success', data: { authtoken: 't' } }]
    : [200, { code: 200, message: 'success', data: { game_list: [] } }];

test('changes by onRequest are signed and sent, and onRequest receives no credential', async () => {
  const url = await start(ok);
  const seen: string[] = [];
  const middleware: Middleware[] = [
    {
      onRequest({ request }) {
        request.headers.set('x-trace', '7');
        return new Request(`${request.url}${request.url.includes('?') ? '&' : '?'}via=proxy`, request);
      },
    },
    { onRequest: ({ request }) => void seen.push(`${request.url} ${[...request.headers]}`) },
  ];
  const { error } = await createDiceyFun({ baseUrl: url, middleware }).getGameList({ body });
  expect(error).toBeUndefined();
  const [login, list] = server.received as [Received, Received];
  expect([login.query.get('via'), list.query.get('via'), list.headers['x-trace'], list.body]).toEqual([
    'proxy',
    'proxy',
    '7',
    '{"lang":"en"}',
  ]);
  // Credentials and signature cover what the middleware wrote.
  expect(login.target).toMatch(/via=proxy&agent_id=.*&signature=[0-9a-f]{32}$/);
  expect(list.headers['auth-token']).toBe('t');
  expect(seen.join()).not.toMatch(/key-0123|xF75|signature|auth-token|agent_id/);
});

describe('responses', () => {
  test.each<[string, Middleware, unknown, number]>([
    ['onRequest returns a response', { onRequest: () => Response.json({ coin: 2 }) }, { coin: 2 }, 0],
    ['onResponse replaces the response', { onResponse: () => Response.json({ coin: 3 }) }, { coin: 3 }, 1],
    [
      'onResponse reads a clone',
      { onResponse: async ({ response }) => void (await response.clone().text()) },
      { coin: 1 },
      1,
    ],
    [
      'onResponse sends again',
      {
        onResponse: ({ response, request, options }) =>
          response.headers.has('x-again') ? undefined : options.fetch(new Request(`${request.url}&again=1`, request)),
      },
      { coin: 1 },
      2,
    ],
  ])('%s', async (_, middleware, want, sent) => {
    const url = await start(() => [200, { coin: 1 }]);
    const { data, error, attempts } = await clientOf(operation, { baseUrl: url, middleware: [middleware] })
      .op(input)
      .withResponse();
    expect([error, data, server.received.length]).toEqual([undefined, want, sent]);
    expect(attempts).toBe(Math.max(1, sent));
  });

  test('the client checks an error response from onRequest, and retries it a limited number of times', async () => {
    const url = await start(() => [200, {}]);
    const { clock, waits } = noWait();
    const middleware: Middleware[] = [{ onRequest: () => Response.json({ error: 'no' }, { status: 503 }) }];
    const { error } = await clientOf(operation, { baseUrl: url, middleware, clock }).op(input);
    expect(error).toMatchObject({ kind: 'api', code: 503, providerMessage: 'no', attempts: 3 });
    expect([waits.length, server.received.length]).toEqual([2, 0]);
  });

  test('middleware runs for each attempt', async () => {
    const url = await start((_, count) => (count === 1 ? [503, {}] : [200, { coin: 1 }]));
    const notes: string[] = [];
    const { clock } = noWait();
    const { data } = await clientOf(operation, { baseUrl: url, middleware: [noting('a', notes)], clock }).op(input);
    expect([data, notes.map((note) => note.split(' ')[1])]).toEqual([
      { coin: 1 },
      ['request', 'response', 'request', 'response'],
    ]);
  });
});

test('works after the global Response was replaced', async () => {
  const url = await start(() => [200, { coin: 1 }]);
  const notes: string[] = [];
  const client = clientOf(operation, { baseUrl: url, middleware: [noting('a', notes)] });
  expect((await client.op(input)).error).toBeUndefined();
  vi.stubGlobal('Response', class extends Response {});
  expect((await client.op(input)).data).toEqual({ coin: 1 });
  expect(notes).toHaveLength(4);
});

describe('errors', () => {
  test.each<[string, Middleware, object]>([
    ['onError receives the error', { onError: () => {} }, { error: { kind: 'connection' } }],
    ['onError returns a response', { onError: () => Response.json({ coin: 4 }) }, { data: { coin: 4 } }],
    [
      'onError returns another error',
      { onError: () => new RangeError('mine') },
      { error: { kind: 'configuration', cause: { message: 'mine' } } },
    ],
    [
      'onRequest throws',
      {
        onRequest: () => {
          throw new RangeError('mine');
        },
      },
      { error: { kind: 'configuration', cause: { message: 'mine' } } },
    ],
    ['an object that is not middleware', { onrequest: () => {} } as never, { error: { kind: 'configuration' } }],
  ])('%s', async (_, middleware, want) => {
    const { error, data } = await clientOf(operation, {
      baseUrl: 'http://nobody.invalid',
      retry: false,
      middleware: [middleware],
    }).op(input);
    expect({ ...(error && { error }), ...(data !== undefined && { data }) }).toMatchObject(want);
  });

  test.each<[string, Middleware]>([
    ['onRequest', { onRequest: () => new Promise<void>(() => {}) }],
    ['onResponse', { onResponse: () => new Promise<void>(() => {}) }],
  ])('the deadline of the call ends %s that never settles', async (_, middleware) => {
    const url = await start(() => [200, {}]);
    const client = clientOf(operation, { baseUrl: url, retry: false, timeout: { call: 50 }, middleware: [middleware] });
    expect((await client.op(input)).error?.kind).toBe('timeout');
  });
});
