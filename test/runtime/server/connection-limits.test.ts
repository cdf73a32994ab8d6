import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { createServer } from '../../../runtime/server/index.ts';
import { type Listening, type ListenOptions, listen } from '../../../runtime/server/node.ts';
import { api, operation } from './support.ts';

const open: Listening[] = [];
afterEach(async () => {
  for (const listening of open.splice(0)) await listening.close();
});

/** Accepts JSON at POST /, and returns what it received. `held` handlers wait until they are released. */
async function serve(options: ListenOptions = {}, { bodyLimit = 1000, held = Promise.resolve() } = {}) {
  const body = { required: true, content: ['application/json'] };
  const begun = Promise.withResolvers<void>();
  const server = createServer(
    { api: api(), operations: { take: operation({ id: 'take', method: 'POST', body }) }, validators: {}, signers: {} },
    {
      bodyLimit,
      logger: {},
      handlers: {
        take: async (input: { body: unknown }) => {
          begun.resolve();
          await held;
          return { data: input.body };
        },
      },
    },
  );
  const listening = await listen(server, { shutdownTimeout: 2000, ...options });
  open.push(listening);
  return { listening, begun: begun.promise };
}

/** A raw connection: the received data, and whether the connection has ended. */
function dial({ port }: Listening): { socket: Socket; text: () => string; ended: Promise<void> } {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.on('data', (data) => {
    text += data;
  });
  socket.on('error', () => {});
  return { socket, text: () => text, ended: once(socket, 'close').then(() => {}) };
}

const head = (length: number, ...more: string[]) =>
  `${['POST / HTTP/1.1', 'Host: t', 'Content-Type: application/json', `Content-Length: ${length}`, ...more].join('\r\n')}\r\n\r\n`;

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await wait(5);
}

describe('a request that arrives slowly', () => {
  test('headers that never end cause 408, and the connection is closed', async () => {
    const { listening } = await serve({ limits: { headersTimeout: 100 } });
    const { socket, text, ended } = dial(listening);
    socket.write('POST / HTTP/1.1\r\nHost: t\r\n');
    await ended;
    expect(text()).toMatch(/^HTTP\/1.1 408 /);
  });

  test.each([
    ['nothing arrives', () => {}],
    ['single bytes arrive now and then', (socket: Socket) => setInterval(() => socket.write(' '), 20).unref()],
  ])('a body of which %s causes 408, and the connection is closed', async (_, drip) => {
    const { listening } = await serve({ limits: { bodyGrace: 100, minBodyRate: 1000 } });
    const { socket, text, ended } = dial(listening);
    socket.write(head(900));
    drip(socket);
    await ended;
    expect(text()).toMatch(/^HTTP\/1.1 408 .*\r\nConnection: close/);
  });

  test('a body that arrives fast enough is accepted, however long it takes', async () => {
    const { listening } = await serve({ limits: { bodyGrace: 50, minBodyRate: 1 } });
    const { socket, text } = dial(listening);
    const body = '{"a":1}';
    socket.write(head(body.length));
    for (const letter of body) {
      socket.write(letter);
      await wait(30);
    }
    await until(() => text().includes('{"a":1}'));
    expect(text()).toMatch(/^HTTP\/1.1 200 /);
  });

  test('a slow handler is not mistaken for a slow body', async () => {
    const released = Promise.withResolvers<void>();
    const { listening, begun } = await serve(
      { limits: { bodyGrace: 30, minBodyRate: 1_000_000 } },
      { held: released.promise },
    );
    const { socket, text } = dial(listening);
    socket.write(`${head(2)}{}`);
    await begun;
    await wait(150);
    released.resolve();
    await until(() => text().includes('\r\n\r\n{}'));
    expect(text()).toMatch(/^HTTP\/1.1 200 /);
  });
});

describe('limits of a client', () => {
  test('the last response on a connection has `Connection: close`', async () => {
    const { listening } = await serve({ limits: { maxRequestsPerConnection: 2 } });
    const { socket, text } = dial(listening);
    socket.write(`${head(2)}{}`);
    await until(() => text().includes('\r\n\r\n{}'));
    expect(text()).not.toMatch(/connection: close/i);
    socket.write(`${head(2)}[]`);
    await until(() => text().includes('\r\n\r\n[]'));
    expect(text()).toMatch(/connection: close[\s\S]*\r\n\r\n\[\]$/i);
  });

  test('connections over the limit of an address are closed, and a closed one makes room', async () => {
    const { listening } = await serve({ limits: { maxConnectionsPerAddress: 2 } });
    const [first, second] = [dial(listening), dial(listening)];
    await Promise.all([first, second].map(({ socket }) => once(socket, 'connect')));
    const third = dial(listening);
    await third.ended;
    expect(third.text()).toBe('');
    second.socket.write(`${head(2)}{}`);
    await until(() => second.text().includes('\r\n\r\n{}'));
    first.socket.destroy();
    await first.ended;
    for (;;) {
      const next = dial(listening);
      next.socket.write(`${head(2)}{}`);
      await Promise.race([next.ended, until(() => next.text().includes('\r\n\r\n{}'))]);
      if (next.text() !== '') break;
    }
  });

  test.each([
    ['two Host headers', ['POST / HTTP/1.1', 'Host: t', 'Host: u']],
    ['two Host headers in different case', ['POST / HTTP/1.1', 'host: t', 'HOST: t']],
    ['no Host header', ['POST / HTTP/1.1']],
  ])('%s cause 400 (RFC 9112, section 3.2)', async (_, lines) => {
    const { listening } = await serve();
    const { socket, text } = dial(listening);
    socket.write(`${[...lines, 'Content-Type: application/json', 'Content-Length: 2', '', '{}'].join('\r\n')}`);
    await until(() => text().includes('\r\n\r\n'));
    expect(text()).toMatch(/^HTTP\/1.1 400 /);
    socket.destroy();
  });
});

describe('Expect: 100-continue', () => {
  const expecting = (length: number) => head(length, 'Expect: 100-continue');

  test('the server sends 100 Continue once for a body that it reads', async () => {
    const { listening } = await serve();
    const { socket, text } = dial(listening);
    socket.write(expecting(7));
    await until(() => text().includes('100 Continue\r\n\r\n'));
    socket.write('{"a":1}');
    await until(() => text().includes('{"a":1}'));
    expect(text().match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 100', 'HTTP/1.1 200']);
  });

  test.each([
    ['too large', 'POST / HTTP/1.1', 10_000_000_000],
    ['for no operation', 'POST /nothing HTTP/1.1', 7],
    ['for another method', 'PUT / HTTP/1.1', 7],
  ])('the server sends no 100 Continue for a body that is %s', async (_, line, length) => {
    const { listening } = await serve();
    const { socket, text } = dial(listening);
    socket.write(expecting(length).replace('POST / HTTP/1.1', line));
    await until(() => /HTTP\/1.1 [2-5]/.test(text()));
    expect(text()).not.toContain('100 Continue');
    socket.destroy();
  });
});

describe('draining', () => {
  test('the response of a running call has `Connection: close`', async () => {
    const released = Promise.withResolvers<void>();
    const { listening, begun } = await serve({}, { held: released.promise });
    const { socket, text, ended } = dial(listening);
    socket.write(`${head(2)}{}`);
    await begun;
    const closed = listening.close();
    released.resolve();
    await ended;
    expect(text()).toMatch(/^HTTP\/1.1 200 [\s\S]*connection: close[\s\S]*\r\n\r\n\{\}$/i);
    await closed;
  });

  test('the response to a half-received body has it, too', async () => {
    const { listening } = await serve();
    const { socket, text, ended } = dial(listening);
    socket.write(`${head(7)}{"a"`);
    await once(socket, 'connect');
    await wait(50);
    const closed = listening.close();
    socket.write(':1}');
    await ended;
    expect(text()).toMatch(/^HTTP\/1.1 200 [\s\S]*connection: close[\s\S]*\{"a":1\}$/i);
    await closed;
  });

  test('idle connections close at once, also those that were used', async () => {
    const { listening } = await serve();
    const used = dial(listening);
    const unused = dial(listening);
    used.socket.write(`${head(2)}{}`);
    await once(unused.socket, 'connect');
    await until(() => used.text().includes('\r\n\r\n{}'));
    const closed = listening.close();
    await Promise.all([used.ended, unused.ended, closed]);
  });
});
