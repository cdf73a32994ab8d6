import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { Agent } from 'undici';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createMoonpacketClient } from '../../generated/moonpacket/src/index.ts';
import type { OnReject } from '../../runtime/server/index.ts';

type Fetch = (request: Request) => Response | Promise<Response>;
type FastifyLike = { readonly ready: () => Promise<unknown>; readonly routing: RequestListener };
const root = join(import.meta.dirname, '../..');
let folder: string;

/** The code below one heading of the page, by its file name. */
async function writeBlocks(): Promise<void> {
  const page = await readFile(join(root, 'docs/receivers.md'), 'utf8');
  const sections = page.split(/^## /m).slice(1);
  for (const section of sections) {
    const [, language = '', code = ''] = /^```(ts|js)\n([\s\S]*?)^```$/m.exec(section) ?? [];
    const [heading = ''] = section.split('\n');
    const name = language === 'ts' ? 'moonpacket.ts' : `${heading.toLowerCase()}.js`;
    const server = pathToFileURL(join(root, 'generated/moonpacket/src/server.ts')).href;
    // Packages are neither built nor installed by name here.
    const text = code.replace('@countersign/moonpacket/server', server).replace('./moonpacket.js', './moonpacket.ts');
    await writeFile(join(folder, name), text);
  }
}

beforeAll(async () => {
  // Below the root, whose packages they import; not below node_modules, where Node runs no TypeScript.
  await mkdir(join(root, 'dist'), { recursive: true });
  folder = await mkdtemp(join(root, 'dist/receivers-'));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await writeBlocks();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const load = (name: string): Promise<Record<string, unknown>> =>
  import(/* @vite-ignore */ pathToFileURL(join(folder, name)).href);

const listeners: Readonly<Record<string, () => Promise<RequestListener>>> = {
  moonpacket: async () => getRequestListener(((await load('moonpacket.ts')).default as { fetch: Fetch }).fetch),
  hono: async () => getRequestListener(((await load('hono.js')).app as { fetch: Fetch }).fetch),
  express: async () => (await load('express.js')).app as RequestListener,
  fastify: async () => {
    const app = (await load('fastify.js')).app as FastifyLike;
    await app.ready();
    return (request, response) => app.routing(request, response);
  },
  next: async () => {
    const route = (await load('next.js')) as Readonly<Record<string, Fetch>>;
    return getRequestListener((request) => route[request.method]?.(request) ?? new Response(null, { status: 405 }));
  },
};

async function serve(listener: RequestListener): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe.each(Object.entries(listeners))('the receiver for %s', (name, open) => {
  it('accepts signed calls under its prefix, and rejects others', async () => {
    const { server, url } = await serve(await open());
    try {
      const prefix = name === 'moonpacket' ? '' : '/partners/moonpacket';
      const ask = (secret: string) =>
        createMoonpacketClient({ baseUrl: `${url}${prefix}`, credentials: { apiKey: 'key', secret } });
      expect((await ask('secret').getRules()).data).toEqual({ level: { gt: 99 } });
      expect((await ask('secret').getUserAttributes({ query: { user_id: '666666666' } })).data).toEqual({ level: 100 });
      expect((await ask('secret').getUserAttributes({ query: { user_id: '1' } })).error).toMatchObject({ code: 404 });
      expect((await ask('guessed').getRules()).error).toMatchObject({ code: 401 });
      if (['hono', 'express', 'fastify'].includes(name)) expect(await (await fetch(url)).text()).toBe('mine');
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

it('the receiver for HTTPS accepts signed calls, and rejects others', async () => {
  const fixtures = join(root, 'test/fixtures/tls');
  await copyFile(join(fixtures, 'server.pem'), join(folder, 'server.crt'));
  await copyFile(join(fixtures, 'server.key'), join(folder, 'server.key'));
  vi.stubEnv('PORT', '0');
  const server = (await load('https.js')).server as Server;
  const dispatcher = new Agent({ connect: { ca: await readFile(join(fixtures, 'ca.pem')) } });
  try {
    if (!server.listening) await once(server, 'listening');
    const baseUrl = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const ask = (secret: string) =>
      createMoonpacketClient({
        baseUrl,
        credentials: { apiKey: 'key', secret },
        fetch: (input, init) => fetch(input, { ...init, dispatcher } as RequestInit),
      });
    expect((await ask('secret').getRules()).data).toEqual({ level: { gt: 99 } });
    expect((await ask('guessed').getRules()).error).toMatchObject({ code: 401 });
  } finally {
    vi.unstubAllEnvs();
    await dispatcher.close();
    server.closeAllConnections();
    server.close();
  }
});

it('the function for rejected requests changes only invalid ones', async () => {
  const { onReject } = (await load('respond to rejected requests.js')) as { readonly onReject: OnReject };
  const flaws = [{ at: '/name', message: 'is required' }];
  const rejection = { code: 400, status: 422, message: '/name: is required', flaws };
  const body = { errors: [{ field: '/name', message: 'is required' }] };
  expect(onReject(rejection, {} as never)).toEqual({ status: 422, body });
  expect(onReject({ ...rejection, status: 401, flaws: [] }, {} as never)).toBeUndefined();
});
