import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bodies, type ClientOptions } from '../../../runtime/client/index.ts';
import { createDiceyFun } from './dicey-fun.ts';
import { clientOf } from './fixtures.ts';
import { json, serve, type TestServer } from './serve.ts';

let server: TestServer;
let unhandled: unknown[] = [];
const note = (error: unknown) => void unhandled.push(error);
// The runner has listeners of its own, which would fail the run for what is provoked here.
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

/** Rejections without a handler are told of when the queue is empty. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 30));

const bug = () => {
  throw new Error('a bug of the hook');
};
const start = (options: ClientOptions = { hooks: { onRequest: bug } }) =>
  clientOf({}, { baseUrl: server.url, ...options });

describe('what a hook throws', () => {
  test.each(['orThrow', 'withResponse'] as const)('is told once, by %s', async (method) => {
    await expect(start().op()[method]()).rejects.toThrow('a bug of the hook');
    await settled();
    expect(unhandled).toEqual([]);
  });

  test('is told by the call itself', async () => {
    await expect(start().op()).rejects.toThrow('a bug of the hook');
    await settled();
    expect(unhandled).toEqual([]);
  });

  test.each([
    ['the call', () => void start().op()],
    ['orThrow', () => void start().op().orThrow()],
    ['withResponse', () => void start().op().withResponse()],
  ])('is seen where nobody waits for %s', async (_, run) => {
    run();
    await settled();
    expect(unhandled).toEqual([new Error('a bug of the hook')]);
  });

  test('so does a token store', async () => {
    const tokenStore = { get: bug, set: () => {} };
    const client = createDiceyFun({ baseUrl: server.url, tokenStore });
    await expect(client.getGameList({ body: {} }).orThrow()).rejects.toThrow('a bug');
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
  ['a form that is no object', form, { body: null }, {}],
  ['a query with a cycle', {}, { query: { a: { b: cyclic } } }, {}],
  ['an input header’s name', {}, { headers: { 'a b': 'x' } }, {}],
  ['an option header’s name', {}, {}, { headers: { 'a b': 'x' } }],
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

test('null is no input and no options', async () => {
  const { data } = await start({}).op(null as never, null as never);
  expect(data).toEqual({ fine: true });
});
