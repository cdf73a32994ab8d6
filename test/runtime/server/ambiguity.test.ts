import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createServer } from '../../../runtime/server/index.ts';
import { type Listening, listen } from '../../../runtime/server/node.ts';
import { api, operation } from './support.ts';

let listening: Listening;
let handled = 0;
beforeAll(async () => {
  const transfer = operation({ id: 'transfer', method: 'POST', path: '/wallet/transfer' });
  const file = operation({
    id: 'file',
    path: '/files/{name}',
    parameters: [
      {
        name: 'name',
        in: 'path',
        required: true,
        style: 'simple',
        explode: false,
        shape: { kind: 'primitive', types: ['string'] },
      },
    ],
  });
  const handler = () => {
    handled += 1;
    return { data: {} };
  };
  listening = await listen(
    createServer(
      { api: api(), operations: { transfer, file }, validators: {}, signers: {} },
      { handlers: { transfer: handler, file: handler } },
    ),
  );
});
afterAll(() => listening.close());

/** Status and body of a request that is written byte for byte. */
async function send(line: string, headers: readonly string[] = ['Host: a']): Promise<readonly [number, string]> {
  const socket = connect(listening.port, '127.0.0.1');
  socket.end(`${[`${line} HTTP/1.1`, ...headers, 'Connection: close', 'Content-Length: 0'].join('\r\n')}\r\n\r\n`);
  let text = '';
  socket.setEncoding('latin1').on('data', (piece: string) => {
    text += piece;
  });
  await once(socket, 'close');
  return [Number(text.slice(9, 12)), text.split('\r\n\r\n')[1] ?? ''];
}

describe('the server rejects a request that a proxy could parse differently, and calls no handler', () => {
  test.each([
    '/public/../wallet/transfer',
    '/public/%2e%2e/wallet/transfer',
    '/public/%2E./wallet/transfer',
    '/public/.%2e/wallet/transfer',
    '/wallet/./transfer',
    '/wallet/%2e/transfer',
    '/wallet/transfer/.',
    '/wallet/transfer/x/..',
    '/./wallet/transfer?a=b',
    'http://a/public/../wallet/transfer',
    '/wallet/transfer#public',
  ])('POST %s', async (target) => {
    const before = handled;
    const [status, text] = await send(`POST ${target}`);
    expect([status, handled]).toEqual([400, before]);
    expect(text).toMatch(/segment `\.`|fragment/);
  });

  test.each([
    ['two Host headers', ['Host: a', 'Host: b']],
    ['two Host headers in different case', ['Host: a', 'HOST: a']],
    ['none', []],
  ])('%s', async (_, headers) => {
    const before = handled;
    expect([(await send('POST /wallet/transfer', headers))[0], handled]).toEqual([400, before]);
  });

  test.each(['/wallet%2Ftransfer', '/wallet%2ftransfer', '/public/..%2Fwallet/transfer', '/wallet\\transfer'])(
    'POST %s is another path',
    async (target) => {
      const before = handled;
      const [status] = await send(`POST ${target}`);
      expect([status >= 400, handled]).toEqual([true, before]);
    },
  );
});

test.each([
  ['POST', '/wallet/transfer'],
  ['POST', '/wallet/transfe%72'],
  ['POST', '/wallet/transfer?path=/a/../b'],
  ['POST', 'http://a/wallet/transfer'],
  ['GET', '/files/.env'],
  ['GET', '/files/a..b'],
  ['GET', '/files/...'],
  ['GET', '/files/%2e%2e%2e'],
  ['GET', '/files/a%2Fb'],
  ['GET', '/files/..a'],
])('%s %s is handled', async (method, target) => {
  const before = handled;
  expect([(await send(`${method} ${target}`))[0], handled]).toEqual([200, before + 1]);
});
