import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Call, createClient } from '@countersign/runtime/client';
import type { OperationDescriptor } from '@countersign/runtime/contract';
import { matches } from '@countersign/runtime/msw';
import { createServer } from '@countersign/runtime/server';
import { listen } from '@countersign/runtime/server/node';
import { describe, expect, it } from 'vitest';
import { buildApi } from '../../scripts/model/index.ts';
import { expandWith } from './expand-with.ts';

const ok = { 200: { description: 'ok', content: { 'application/json': { schema: { type: 'object' } } } } };
const operation = (operationId: string, more: object = {}) => ({ operationId, security: [], responses: ok, ...more });
const inPath = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
const size = (maximum: number) => ({ name: 'size', in: 'query', schema: { type: 'integer', maximum } });

/** The server and the descriptors of a document. */
async function open(paths: object) {
  const text = JSON.stringify({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths });
  const expanded = await expandWith({ 'openapi.yaml': text });
  const api = buildApi(expanded, 'shop');
  const operations = Object.fromEntries(api.operations.map(({ descriptor }) => [descriptor.id, descriptor]));
  const ids = Object.keys(operations);
  const handlers = Object.fromEntries(
    ids.map((id) => [id, ({ path, query }: { path?: object; query?: object }) => ({ data: { id, path, query } })]),
  );
  const server = createServer({ api: api.descriptor, operations, validators: {}, signers: {} }, { handlers });
  return { api: api.descriptor, operations, server, warnings: expanded.warnings };
}

/** The operation whose handler MSW calls: the first that matches. */
async function handlerIn(
  operations: { readonly [id: string]: OperationDescriptor },
  method: string,
  target: string,
): Promise<string | undefined> {
  for (const operation of Object.values(operations))
    if (operation.method === method) {
      const request = new Request(`https://shop.invalid${target}`, { method });
      if (await matches(operation, { operations })({ request })) return operation.id;
    }
  return undefined;
}

/** [document, requests by the operation that handles each (or the status of a rejection), codes of warnings] */
type Row = readonly [
  name: string,
  paths: object,
  requests: { readonly [request: string]: string | number },
  warnings?: readonly string[],
];
const rows: readonly Row[] = [
  [
    'a query in a path',
    { '/v1?action=balance': { get: operation('balance') } },
    { 'GET /v1?action=balance': 'balance', 'GET /v1?a=1&action=balance': 'balance', 'GET /v1?action=x': 404 },
  ],
  [
    'several queries in one path',
    {
      '/v1?action=a': { get: operation('getA'), post: operation('postA') },
      '/v1?action=b': { get: operation('getB') },
      '/v1?action=a&mode=fast': { put: operation('fast') },
    },
    {
      'GET /v1?action=a': 'getA',
      'POST /v1?action=a': 'postA',
      'GET /v1?action=b': 'getB',
      'PUT /v1?mode=fast&action=a': 'fast',
      'PUT /v1?action=a': 404,
      'DELETE /v1': 405,
    },
  ],
  [
    'the same path without a query, after it',
    { '/v1?action=a': { get: operation('a') }, '/v1': { get: operation('plain'), post: operation('post') } },
    { 'GET /v1?action=a': 'a', 'GET /v1': 'plain', 'GET /v1?action=z': 'plain', 'POST /v1': 'post' },
  ],
  [
    'the same path without a query, before it',
    { '/v1': { get: operation('plain') }, '/v1?action=a': { get: operation('a') } },
    { 'GET /v1?action=a': 'a', 'GET /v1': 'plain' },
  ],
  [
    'parameters of the path',
    {
      '/v1/{id}?action=a%20b': {
        parameters: [inPath, size(9)],
        get: operation('narrow', { parameters: [size(99)] }),
        put: operation('wide'),
      },
    },
    { 'GET /v1/7?action=a+b&size=50': 'narrow', 'PUT /v1/7?action=a%20b&size=5': 'wide' },
  ],
  [
    'fragments of one method',
    { '/v1#create': { post: operation('create') }, '/v1#remove': { post: operation('remove') } },
    { 'POST /v1': 'create', 'GET /v1': 405 },
    ['path-fragment'],
  ],
  [
    'fragments beside the path itself',
    {
      '/f/{id}#share': { parameters: [inPath], put: operation('share'), patch: operation('only') },
      '/f/{key}': { parameters: [{ ...inPath, name: 'key' }], put: operation('put'), get: operation('get') },
    },
    { 'PUT /f/1': 'put', 'GET /f/1': 'get', 'PATCH /f/1': 'only' },
    ['path-fragment'],
  ],
  ['one fragment', { '/v1#only': { get: operation('only') } }, { 'GET /v1': 'only' }],
  [
    'a parameter with such a name',
    { '/v1/{a?b#c}': { parameters: [{ ...inPath, name: 'a?b#c' }], get: operation('odd') } },
    { 'GET /v1/x': 'odd', 'GET /v1': 404 },
  ],
];

describe('requests reach', () => {
  it.each(rows.map((row): [string, Row] => [row[0], row]))('%s', async (_, [, paths, requests, warnings = []]) => {
    const opened = await open(paths);
    const { url, close } = await listen(opened.server);
    const found: { [request: string]: string | number } = {};
    const mocked: { [request: string]: string | undefined } = {};
    for (const request of Object.keys(requests)) {
      const [method = '', target = ''] = request.split(' ');
      const response = await fetch(url + target, { method });
      const body = (await response.json()) as { id?: string };
      found[request] = response.status === 200 ? String(body.id) : response.status;
      mocked[request] = await handlerIn(opened.operations, method, target);
    }
    await close();
    expect(found).toEqual(requests);
    const handled = Object.entries(requests).map(([request, by]) => [request, typeof by === 'string' ? by : undefined]);
    expect(mocked).toEqual(Object.fromEntries(handled));
    expect(opened.warnings.map(({ code }) => code)).toEqual(warnings);
  });
});

it('a client sends the query once, and no fragment', async () => {
  const { api, operations } = await open({
    '/v1?action=a': { get: operation('fixed', { parameters: [size(9)] }) },
    '/f/{id}#share': { parameters: [inPath], put: operation('share', { parameters: [size(9)] }) },
  });
  const received: string[] = [];
  const server = createHttpServer((request, response) => {
    received.push(`${request.method} ${request.url}`);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = createClient<Record<'fixed' | 'share', Call<object, unknown>>>(
    { api, operations, signers: {}, features: [] },
    { baseUrl },
  );
  await client.fixed({ query: { size: 1 } });
  await client.share({ path: { id: 'x' }, query: { size: 2 } });
  server.close();
  expect(received).toEqual(['GET /v1?action=a&size=1', 'PUT /f/x?size=2']);
});
