/** `toNodeListener` over real sockets: in servers of Node, below a prefix of Express, and for any other `fetch`. */
import { once } from 'node:events';
import { createServer as createHttp, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { describe, expect, it } from 'vitest';
import { createServer } from '../../../runtime/server/index.ts';
import { toNodeListener } from '../../../runtime/server/node.ts';
import { api, operation } from './support.ts';

const server = createServer(
  { api: api(), operations: { get: operation({ id: 'get', path: '/things' }) }, validators: {}, signers: {} },
  { handlers: { get: () => ({ data: { done: true } }) }, logger: {} },
);

async function ask(
  listener: RequestListener,
  path: string,
  init: RequestInit = {},
): Promise<readonly [status: number, body: string]> {
  const node = createHttp(listener).listen(0, '127.0.0.1');
  await once(node, 'listening');
  try {
    const response = await fetch(`http://127.0.0.1:${(node.address() as AddressInfo).port}${path}`, init);
    return [response.status, await response.text()];
  } finally {
    node.closeAllConnections();
    node.close();
  }
}

const mounted = (path: string): RequestListener => express().use(path, toNodeListener(server)) as RequestListener;

describe('a listener', () => {
  it.each<[title: string, listener: RequestListener, path: string, want: readonly [number, string]]>([
    ['of a server', toNodeListener(server), '/things', [200, '{"done":true}']],
    ['of its fetch alone', toNodeListener({ fetch: server.fetch }), '/things', [200, '{"done":true}']],
    ['of a Hono application', toNodeListener(server.app), '/things', [200, '{"done":true}']],
    ['below a prefix', mounted('/partners/acme'), '/partners/acme/things', [200, '{"done":true}']],
    ['outside its prefix', mounted('/partners/acme'), '/things', [404, expect.any(String)]],
    ['of another function', toNodeListener({ fetch: () => new Response('mine') }), '/', [200, 'mine']],
    [
      'of one that fails',
      toNodeListener({ fetch: () => Promise.reject(new Error('no')) }),
      '/',
      [500, expect.any(String)],
    ],
  ])('%s', async (_, listener, path, want) => {
    expect(await ask(listener, path)).toEqual(want);
  });

  it('leaves the global Request and Response as they are', async () => {
    const before = [globalThis.Request, globalThis.Response];
    await ask(toNodeListener({ fetch: () => new Response('mine') }), '/');
    expect([globalThis.Request, globalThis.Response]).toEqual(before);
  });
});

describe('a body that the application has read', () => {
  const logged: unknown[] = [];
  const content = { required: true, content: ['application/json'], shapes: {} };
  const receiver = createServer(
    {
      api: api(),
      operations: { put: operation({ id: 'put', method: 'POST', path: '/things', body: content }) },
      validators: {},
      signers: {},
    },
    {
      handlers: { put: ({ body }: { readonly body: unknown }) => ({ data: body }) },
      logger: { error: (fields: { readonly error: unknown }) => logged.push(fields.error) },
    },
  );
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"a":1}' };

  it.each<[title: string, listener: RequestListener, want: readonly [number, string]]>([
    ['after the listener', express().use(toNodeListener(receiver)).use(express.json()), [200, '{"a":1}']],
    ['before the listener', express().use(express.json()).use(toNodeListener(receiver)), [500, expect.any(String)]],
    [
      'before the fetch function',
      toNodeListener({
        fetch: async (request) => {
          await request.text();
          return receiver.fetch(request);
        },
      }),
      [500, expect.any(String)],
    ],
  ])('%s', async (_, listener, want) => {
    logged.length = 0;
    expect(await ask(listener, '/things', init)).toEqual(want);
    const message = 'The body was already read. Mount the server before body parsers, such as `express.json()`.';
    expect(logged).toEqual(want[0] === 500 ? [expect.objectContaining({ name: 'BodyTakenError', message })] : []);
  });
});
