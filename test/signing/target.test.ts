/** The raw request target is sent, but a `Request` normalizes it. Real HTTP, and node:crypto on the other side. */
import { createHmac } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as ask, createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGateway } from '@countersign/runtime/mock';
import { listen } from '@countersign/runtime/server/node';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { loadMockProvider } from '../../scripts/commands/mock/load-provider.ts';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { clientOf, contractOf, serverOf } from './scheme.ts';

const contract = contractOf({
  algorithm: 'hmac-sha256',
  key: { credential: 'secret' },
  message: { join: '\n', parts: ['method', 'target', 'path', 'query', 'body'] },
  credentials: { secret: {} },
});

/** The signed text of a sender that knows only what it sends. `target` has one character per byte. */
function sign(target: string, body = '{}'): string {
  const [path = '', ...query] = target.split('?');
  const message = ['POST', target, path, query.join('?'), body].join('\n');
  return createHmac('sha256', 's').update(Buffer.from(message, 'latin1')).digest('hex');
}

function send(port: number, target: string, signed = target, host = '127.0.0.1'): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'x-sign': sign(signed), host };
    const call = ask({ port, host: '127.0.0.1', method: 'POST', path: target, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    call.on('error', reject);
    call.end('{}');
  });
}

const TARGETS = [
  '/orders?page=1',
  '/orders',
  '/orders?',
  '/orders?page=',
  '/orders?page=a|b',
  "/orders?page='x'",
  '/orders?page="x"',
  '/orders?page=<x>{y}[z]^`',
  '/orders?page=%7e%41%e9',
  '/orders?page=a+b%20c',
  '/orders?page=a/b?c',
  '/orders?&&page=1&',
  '/%6frders',
];

describe('a server on Node', () => {
  let port: number;
  let mounted: number;
  const closing: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    const server = serverOf(contract, { secret: 's' });
    const one = await listen(server);
    const two = await listen(new Hono().route('/api', server.app) as never);
    port = one.port;
    mounted = two.port;
    closing.push(one.close, two.close);
  });
  afterAll(() => Promise.all(closing.map((close) => close())));

  test.each(TARGETS)('signs %s as it is sent', async (target) => {
    const another = target.includes('?') ? `${target}&more=1` : `${target}?more=1`;
    expect([await send(port, target), await send(port, target, another)]).toEqual([200, 401]);
  });

  test('reads the path without the host where a sender writes both', async () => {
    expect(await send(port, 'http://127.0.0.1/orders?page=a|b', '/orders?page=a|b')).toBe(200);
  });

  test('uses the whole path if it is mounted in another application', async () => {
    expect([await send(mounted, '/api/orders?page=a|b'), await send(mounted, '/api/orders', '/orders')]).toEqual([
      200, 401,
    ]);
  });
});

test('the mock signs the target that is sent', async () => {
  const root = await mkdtemp(join(tmpdir(), 'countersign-target-'));
  await mkdir(join(root, 'specs/shop'), { recursive: true });
  await writeFile(join(root, 'specs/shop/openapi.yaml'), stringify(contract.document));
  const loaded = await loadMockProvider(openWorkspace(root), 'shop');
  const load = async () => ({ ...loaded, credentials: { secret: 's' } });
  const { port, close } = await listen(createGateway({ providers: [{ name: 'shop', load }] }));
  try {
    expect([await send(port, '/shop/orders?page=a|b'), await send(port, '/shop/orders?page=a|b', '/orders')]).toEqual([
      200, 401,
    ]);
  } finally {
    await close();
    await rm(root, { recursive: true, force: true });
  }
});

describe('a client', () => {
  test.each(['1', 'a b', 'a|b', "'x'", '"x"', '<x>{y}[z]^`', '%7e', 'a+b', 'é', '💶', '../x', '#?&='])(
    'signs the target that is sent with %s',
    async (page) => {
      const got: string[] = [];
      const receiver = createHttpServer((request, response) => {
        got.push(request.url ?? '', String(request.headers['x-sign']));
        request.resume();
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
      });
      await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
      const baseUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
      const { createOrder } = clientOf(contract, { secret: 's' }, fetch, { baseUrl });
      const { error } = await createOrder({ query: { page }, body: {} });
      receiver.close();
      expect(error).toBe(undefined);
      expect(got[1]).toBe(sign(got[0] ?? ''));
    },
  );
});
