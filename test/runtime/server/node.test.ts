import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { createServer } from '../../../runtime/server/index.ts';
import { listen } from '../../../runtime/server/node.ts';
import { api, operation } from './support.ts';

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A server whose handler waits for `until`. */
function serveSlowly(until: Promise<unknown>) {
  const begun = Promise.withResolvers<void>();
  const server = createServer(
    { api: api(), operations: { get: operation({ id: 'get' }) }, validators: {}, signers: {} },
    {
      handlers: {
        get: async () => {
          begun.resolve();
          await until;
          return { data: { done: true } };
        },
      },
    },
  );
  return { server, begun: begun.promise };
}

test('listens on loopback by default, and reports its address', async () => {
  const listening = await listen(serveSlowly(Promise.resolve()).server);
  expect(listening.url).toBe(`http://127.0.0.1:${listening.port}`);
  expect((await fetch(listening.url)).status).toBe(200);
  await expect(listen(serveSlowly(Promise.resolve()).server, { port: listening.port })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
  await listening.close();
});

test('close waits for running calls and accepts no new ones', async () => {
  const { promise: until, resolve: finish } = Promise.withResolvers<void>();
  const { server, begun } = serveSlowly(until);
  const listening = await listen(server);
  const underWay = fetch(listening.url);
  await begun;
  let isClosed = false;
  const closed = listening.close();
  void closed.then(() => {
    isClosed = true;
  });
  expect(listening.close(), 'closing twice is closing once').toBe(closed);
  await wait(50);
  await expect(fetch(listening.url)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  expect(isClosed).toBe(false);
  finish();
  const response = await underWay;
  expect(await response.json()).toEqual({ done: true });
  await closed;
});

test('close does not wait for an idle connection', async () => {
  const { server, begun } = serveSlowly(wait(100));
  const listening = await listen(server);
  const agent = new Agent({ keepAlive: true });
  const idle = connect(listening.port, '127.0.0.1');
  await once(idle, 'connect');
  const asked = new Promise<number | undefined>((resolve, reject) => {
    const sent = request(listening.url, { agent }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode));
    });
    sent.on('error', reject).end();
  });
  await begun;
  const start = Date.now();
  const closed = listening.close();
  expect(await asked).toBe(200);
  await closed;
  // Node itself ends an idle connection after a minute.
  expect(Date.now() - start).toBeLessThan(30_000);
  agent.destroy();
  idle.destroy();
});

test('close aborts a call that exceeds the limit', async () => {
  const { server, begun } = serveSlowly(new Promise(() => {}));
  const listening = await listen(server, { shutdownTimeout: 100 });
  const underWay = fetch(listening.url).then(
    () => 'answered',
    () => 'cut',
  );
  await begun;
  await listening.close();
  expect(await underWay).toBe('cut');
});

test('a signal closes the server, and the process exits by itself', async () => {
  const script = `
    import { listen } from '${new URL('../../../runtime/server/node.ts', import.meta.url)}';
    const fetch = async () => {
      const signalled = new Promise((resolve) => process.once('SIGTERM', resolve));
      console.log('begun');
      await signalled;
      return new Response('finished');
    };
    const { url } = await listen({ fetch }, { signals: ['SIGTERM'] });
    console.log(url);
  `;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [url] = await once(child.stdout, 'data');
  const underWay = fetch(String(url).trim()).then((response) => response.text());
  await once(child.stdout, 'data');
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  expect(await underWay).toBe('finished');
  expect(await ended).toEqual([0, null]);
});
