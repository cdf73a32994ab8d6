import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bodies, type ClientOptions } from '../../../runtime/client/index.ts';
import { createDiceyFun } from './dicey-fun.ts';
import { clientOf } from './fixtures.ts';
import { json, serve, type TestServer } from './serve.ts';

let server: TestServer;
let unhandled: unknown[] = [];
const note = (error: unknown) => void unhandled.push(error);
// The runner has its own listeners, which would fail the run for rejections that these tests cause.
let others: NodeJS.UnhandledRejectionListener[] = [];

beforeEach(async () => {
  server = await serve((_, answer) => json(answer, { fine: true }));
  unhandled = [];
  others = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', note);
});
afterEach(async () => {
  process.removeAllListeners('unhandledRejection');
  for (const listener of others) process.on('unhandledRejection', listener);
  await server.close();
});

/** Node reports rejections without a handler when the queue is empty. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 30));

const bug = () => {
  throw new Error('a bug of the hook');
};
const start = (options: ClientOptions = { hooks: { onRequest: bug } }) =>
  clientOf({}, { baseUrl: server.url, ...options });

const bugs: readonly (readonly [name: string, options: ClientOptions])[] = [
  ['onRequest', { hooks: { onRequest: bug } }],
  ['onRequest, asynchronously', { hooks: { onRequest: async () => bug() } }],
  ['onResponse', { hooks: { onResponse: bug } }],
  ['the logger', { debug: true, logger: { debug: bug } }],
  ['the clock’s sleep', { baseUrl: 'http://127.0.0.1:1', clock: { sleep: bug } }],
  ['onRetry', { baseUrl: 'http://127.0.0.1:1', retry: { base: 1 }, hooks: { onRetry: bug } }],
];

describe('errors thrown by the caller’s code', () => {
  test.each(bugs)('end the call with an error: %s', async (_, options) => {
    const { error } = await start(options).op();
    expect([error?.kind, error?.message, error?.operation, error?.cause]).toEqual([
      'configuration',
      expect.stringContaining('Error: a bug of the hook'),
      'op',
      new Error('a bug of the hook'),
    ]);
  });

  test('keep the error of a failed call, and report what the hook threw', async () => {
    const { error } = await start({ baseUrl: 'http://127.0.0.1:1', retry: false, hooks: { onError: bug } }).op();
    expect([error?.kind, (error?.cause as Error | undefined)?.message]).toEqual([
      'connection',
      expect.stringContaining('a bug of the hook'),
    ]);
  });

  test.each([
    ['a credential', { credentials: { apiKey: bug } }],
    ['a credential, asynchronously', { credentials: { apiKey: async () => bug() } }],
    ['reading a token store', { tokenStore: { get: bug, set: () => {} } }],
    ['writing a token store', { tokenStore: { get: () => undefined, set: bug } }],
  ])('end a signed call with an error: %s', async (_, options) => {
    const client = createDiceyFun({ baseUrl: server.url, ...options });
    const { error } = await client.getGameList({ body: {} });
    expect(error?.kind).toMatch(/configuration|unexpected-answer/);
    await settled();
    expect(unhandled).toEqual([]);
  });

  test('are masked where they contain secrets', async () => {
    const leak = () => {
      throw new Error('cannot rotate secret-of-dicey');
    };
    const client = createDiceyFun({ baseUrl: server.url, credentials: { secret: 'secret-of-dicey', apiKey: leak } });
    expect((await client.getGameList({ body: {} })).error?.message).toContain('cannot rotate ***');
  });

  test.each(['orThrow', 'withResponse'] as const)('are reported once, by %s', async (method) => {
    const told = start().op()[method]();
    if (method === 'orThrow') await expect(told).rejects.toThrow('a bug of the hook');
    else expect((await told) as object).toMatchObject({ error: { kind: 'configuration' } });
    await settled();
    expect(unhandled).toEqual([]);
  });

  test.each([
    ['the call', () => void start().op()],
    ['withResponse', () => void start().op().withResponse()],
  ])('do not end the process if no code awaits %s', async (_, run) => {
    run();
    await settled();
    expect(unhandled).toEqual([]);
  });
});

const cyclic: { self?: unknown } = {};
cyclic.self = cyclic;
const post = { method: 'POST', body: { required: false, content: ['application/json'] } } as const;
const form = { method: 'POST', body: { required: false, content: ['application/x-www-form-urlencoded'] } } as const;

test.each<[string, object, object, object]>([
  ['a body with a cycle', post, { body: cyclic }, {}],
  ['a body with a BigInt', post, { body: { n: 1n } }, {}],
  ['a form that is not an object', form, { body: null }, {}],
  ['a query with a cycle', {}, { query: { a: { b: cyclic } } }, {}],
  ['an invalid input header name', {}, { headers: { 'a b': 'x' } }, {}],
  ['an invalid option header name', {}, {}, { headers: { 'a b': 'x' } }],
])('%s that cannot be sent is a ValidationError', async (_, operation, input, options) => {
  const client = clientOf(operation, { baseUrl: server.url }, { features: [bodies] });
  const { error } = await client.op(input, options);
  expect([error?.kind, error?.attempts, error?.message]).toEqual([
    'validation',
    0,
    expect.stringContaining('cannot be sent'),
  ]);
  expect(server.received.length).toBe(0);
});

test('null is rejected as input and as options', async () => {
  const { data } = await start({}).op(null as never, null as never);
  expect(data).toEqual({ fine: true });
});
