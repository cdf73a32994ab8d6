import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect, test } from 'vitest';
import { NodeIncoming } from '../../../runtime/server/node-incoming.ts';

// Node keeps only the first line of some names, and its object of headers has a prototype.
test.each<[name: string, sent: readonly string[], want: string | null]>([
  ['x-one', ['X-One: a'], 'a'],
  ['X-ONE', ['x-one: a'], 'a'],
  ['x-many', ['X-Many: a', 'x-many: b'], 'a, b'],
  ['x-empty', ['X-Empty:'], ''],
  ['authorization', ['Authorization: a', 'authorization: b'], 'a, b'],
  ['referer', ['Referer: a', 'Referer: b'], 'a, b'],
  ['cookie', ['Cookie: a=1', 'Cookie: b=2'], 'a=1; b=2'],
  ['set-cookie', ['Set-Cookie: a', 'Set-Cookie: b'], 'a, b'],
  ['x-missing', [], null],
  ['constructor', [], null],
  ['constructor', ['Constructor: a'], 'a'],
  ['__proto__', [], null],
  ['__proto__', ['__proto__: a'], 'a'],
])('the header %s of %j', async (name, sent, want) => {
  const server = createServer((request, response) => {
    response.end(
      JSON.stringify(new NodeIncoming(request, response, { origin: '', path: '/', query: '' }).header(name)),
    );
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').setEncoding('utf8');
  try {
    socket.write(['GET / HTTP/1.1', 'Host: a.example', 'Connection: close', ...sent, '', ''].join('\r\n'));
    let text = '';
    for await (const chunk of socket) text += chunk;
    expect(JSON.parse(text.split('\r\n\r\n')[1] ?? '')).toBe(want);
  } finally {
    server.close();
  }
});
