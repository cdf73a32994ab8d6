import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Listening } from '../../../runtime/server/node.ts';
import { createEdgesServer, type Exchanged, exchange, listenOnBothEdges } from './edges-support.ts';

let both: readonly [Listening, Listening];
beforeAll(async () => {
  both = await listenOnBothEdges(createEdgesServer());
});
afterAll(() => Promise.all(both.map((listening) => listening.close())));

/** Headers of the connection, the clock and the length. The sizes of the bodies show the length. */
const OWN = /^(date|connection|keep-alive|content-length|transfer-encoding):/;

const boundary = (text: string): string => text.replace(/-{4,}\w*(formdata|FormBoundary)[\w-]*/g, '(boundary)');

const comparable = ({ status, headers, body, isWhole }: Exchanged) => ({
  status,
  headers: headers.filter((header) => !OWN.test(header)).map(boundary),
  body: boundary(body),
  isWhole,
});

const head = (line: string, ...headers: readonly string[]): string =>
  `${[`${line} HTTP/1.1`, 'Host: a.example', 'X-Request-Id: r1', 'Connection: close', ...headers].join('\r\n')}\r\n\r\n`;

const json = (body: string, ...headers: readonly string[]): string =>
  `${head('POST /put', 'Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`, ...headers)}${body}`;

const chunked = (line: string, body: string, ...headers: readonly string[]): string =>
  `${head(line, 'Transfer-Encoding: chunked', ...headers)}${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;

const packed = (coding: string, body: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(
      head(
        'POST /put',
        'Content-Type: application/json',
        `Content-Encoding: ${coding}`,
        `Content-Length: ${body.length}`,
      ),
    ),
    body,
  ]);

const multipart = '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\ncontent\r\n--x--\r\n';

type Row = {
  readonly name: string;
  readonly request: string | Uint8Array;
  readonly status: number;
  readonly body: string | RegExp | undefined;
};

type Given = readonly [name: string, request: string | Uint8Array, status: number, body?: string | RegExp];

const GIVEN: readonly Given[] = [
  ['GET', head('GET /seen'), 200],
  ['HEAD', head('HEAD /seen'), 200, ''],
  ['HEAD of a stream', head('HEAD /lines'), 200, ''],
  ['HEAD of an empty response', head('HEAD /nothing'), 404, ''],
  ['OPTIONS', head('OPTIONS /put'), 204, ''],
  ['an unknown path', head('GET /nothing'), 404],
  ['an unknown path with a body', chunked('POST /nothing', 'body'), 404],
  ['another method', head('PATCH /put'), 405],
  ['a method of WebDAV', head('PROPFIND /put'), 405],
  ['a missing handler', head('GET /missing'), 501],
  ['a trailing slash', head('GET /seen/'), 404],
  ['two slashes', head('GET //seen'), 404],
  ['an encoded slash', head('GET /show/a%2Fb'), 200, /"name":"a\/b"/],
  ['an encoded letter of the path', head('GET /s%65en'), 200],
  ['an invalid escape', head('GET /show/%zz'), 400],
  ['characters that a URL encodes', head('GET /show/a|b^`{}?q="<|>\''), 200, /"q":"\\"<\|>'"/],
  ['bytes that are not ASCII', head('GET /show/\u00c3\u00a9?q=\u00e9'), 400],
  ['a query without a value', head('GET /show/a?q'), 200, /"q":""/],
  ['an empty query', head('GET /seen?'), 200],
  ['a query with a question mark', head('GET /show/a?q=b?c'), 200, /"q":"b\?c"/],
  ['a backslash in a query', head('GET /show/a?q=b\\c'), 200, /"q":"b\\\\c"/],
  ['the absolute form', head('GET http://b.example/show/a?q=1'), 200, /"q":"1"/],
  ['a header twice', head('GET /show/a', 'X-Many: 1', 'x-many: 2'), 200, /"X-Many":"1, 2"/],
  ['a header that Node keeps once', head('GET /show/a', 'Authorization: 1', 'authorization: 2'), 200, /"1, 2"/],
  ['two Cookie headers', head('GET /show/a', 'Cookie: b=1', 'Cookie: c=2'), 200, /"c":"2"/],
  ['a header with spaces around', head('GET /show/a', 'X-Many: \t 1 \t'), 200, /"X-Many":"1"/],
  ['a header that is not ASCII', head('GET /show/a', 'X-Many: \u00e9'), 200],
  ['names of the prototype', head('GET /seen', 'constructor: 1', '__proto__: 2'), 200, /"__proto__","2"/],
  ['a body of JSON', json('{"a":1}'), 200, '{"body":{"a":1},"size":7}'],
  ['in chunks', chunked('POST /put', '{"a":1}', 'Content-Type: application/json'), 200, '{"body":{"a":1},"size":7}'],
  ['compressed', packed('gzip', gzipSync('{"a":1}')), 200],
  ['compressed beyond the limit', packed('gzip', gzipSync(JSON.stringify('a'.repeat(2000)))), 413],
  ['a body that does not match its coding', packed('gzip', Buffer.from('{"a":1}')), 400],
  ['an unknown coding', packed('compress', Buffer.from('{"a":1}')), 415],
  ['no JSON', json('{'), 400],
  ['no body', head('POST /put', 'Content-Type: application/json', 'Content-Length: 0'), 400],
  ['no body and no length', head('POST /put', 'Content-Type: application/json'), 400],
  ['another media type', json('{}').replace('application/json', 'text/csv'), 415],
  ['a body at the limit', json(JSON.stringify('a'.repeat(998))), 200],
  ['a body over the limit', json(JSON.stringify('a'.repeat(999))), 413],
  ['a body over the limit in chunks', chunked('POST /put', JSON.stringify('a'.repeat(999))), 413],
  ['bytes', chunked('POST /raw', 'bytes', 'Content-Type: application/octet-stream'), 200, '{"size":5}'],
  [
    'parts',
    chunked('POST /form', multipart, 'Content-Type: multipart/form-data; boundary=x'),
    200,
    '{"text":"content"}',
  ],
  ['malformed parts', chunked('POST /form', 'x', 'Content-Type: multipart/form-data; boundary=x'), 400],
  ['DELETE with a body', chunked('DELETE /put', 'body'), 204, ''],
  ['GET with a body', chunked('GET /seen', 'body'), 200],
  ['events', head('GET /events'), 200],
  ['lines', head('GET /lines'), 200, /\{"n":499\}\n$/],
  ['a stream that fails', head('GET /breaks'), 200, '{"n":0}\n'],
  ['a file', head('GET /blob'), 200, 'png'],
  ['an array of bytes', head('GET /bytes'), 200, '\u0000\u00ff\u0080'],
  ['a buffer', head('GET /buffer'), 200, '\u0000\u00ff\u0080'],
  ['a form', head('GET /fields'), 200],
  ['a stream', head('GET /stream'), 200, 'x'.repeat(300_000)],
  ['a stream that has a reader', head('GET /taken'), 500],
  ['text', head('GET /text'), 200],
  ['several cookies', head('GET /cookies'), 200],
  ['a control character in a header', head('GET /control'), 500],
  ['a status that does not exist', head('GET /status'), 500],
  ['an exception', head('GET /throws'), 500],
  ['an undeclared response', head('GET /undeclared'), 500],
  ['a slow response', head('GET /later'), 200],
  ['a request id that is not safe', head('GET /nothing').replace('r1', '<r1>'), 404],
];

const ROWS = GIVEN.map(([name, request, status, body]): Row => ({ name, request, status, body }));

describe('the Node listener and an adapter of fetch send the same response', () => {
  test.each(ROWS)('$name', async ({ name, request, status, body }) => {
    // One byte a character, so that a row may have bytes that are not UTF-8.
    const bytes = typeof request === 'string' ? Buffer.from(request, 'latin1') : request;
    const [own, adapted] = await Promise.all(both.map(({ port }) => exchange(port, bytes)));
    if (!own || !adapted) throw new Error('unreachable');
    if (name.includes('not safe')) expect(own.headers.join()).not.toContain('<r1>');
    else expect(comparable(own)).toEqual(comparable(adapted));
    expect(own.status).toBe(status);
    if (body !== undefined) expect(own.body).toEqual(typeof body === 'string' ? body : expect.stringMatching(body));
    expect(own.isWhole).toBe(!name.includes('stream that fails'));
    expect(own.body).not.toContain('secret of the handler');
  });
});

// The adapter writes headers in UTF-8, as Node does if a text follows them.
test.each([
  ['ASCII', 'a', '{"q":"a"}'],
  ['UTF-8', '%E2%9C%93', Buffer.from('{"q":"✓"}').toString('latin1')],
])('a header is sent as Latin-1 before a body in %s', async (_, q, body) => {
  const sent = await exchange(both[0].port, head(`GET /latin?q=${q}`));
  expect([sent.headers.filter((header) => header.startsWith('x-own')), sent.body]).toEqual([['x-own: é'], body]);
});

// The adapter creates a stream for each POST.
test('a request without Content-Length and Transfer-Encoding has no body, as in a Request without one', async () => {
  const own = await exchange(both[0].port, head('POST /raw'));
  const fetched = await createEdgesServer().fetch(new Request('http://a.example/raw', { method: 'POST' }));
  expect([own.body, await fetched.text()]).toEqual(['{"size":"nothing"}', '{"size":"nothing"}']);
});

/** Sends requests over one connection, the next one after the response to the one before. */
async function keepAlive(port: number, requests: readonly string[]): Promise<readonly number[]> {
  const socket = connect(port, '127.0.0.1').setEncoding('latin1');
  socket.on('error', () => {});
  const statuses: number[] = [];
  for (const request of requests) {
    socket.write(request.replace('Connection: close\r\n', ''));
    let text = '';
    while (!/\r\n\r\n.*\}|\r\n\r\n$/s.test(text)) {
      const [piece] = (await Promise.race([once(socket, 'data'), once(socket, 'close').then(() => [''])])) as [string];
      if (piece === '') return [...statuses, 0];
      text += piece;
    }
    statuses.push(Number(text.slice(9, 12)));
  }
  socket.destroy();
  return statuses;
}

describe.each(['own', 'adapted'])('a connection that is kept alive (%s)', (edge) => {
  const port = () => both[edge === 'own' ? 0 : 1].port;
  const big = json(JSON.stringify('a'.repeat(200_000)));

  test.each([
    ['a body that was read', [json('{}'), head('GET /seen'), json('{}')], [200, 200, 200]],
    ['a body that is not read', [chunked('POST /nothing', 'body'), head('GET /seen')], [404, 200]],
    ['a body over the limit', [big, json('{}')], [413, 200]],
    ['a body of a GET request', [chunked('GET /seen', 'body'), head('GET /seen')], [200, 200]],
    ['a HEAD of a stream', [head('HEAD /lines'), head('GET /seen')], [200, 200]],
    ['no content', [chunked('DELETE /put', 'body'), head('GET /seen')], [204, 200]],
  ] as const)('carries the next request after %s', async (_, requests, want) => {
    expect(await keepAlive(port(), requests)).toEqual(want);
  });

  test('is closed if the client never completes a body that is not read', async () => {
    const socket = connect(port(), '127.0.0.1');
    socket.on('error', () => {}).resume();
    socket.write(head('POST /nothing', 'Content-Length: 100000').replace('Connection: close\r\n', ''));
    await once(socket, 'close');
  });

  test('a client that disconnects during a stream ends the stream', async () => {
    const socket = connect(port(), '127.0.0.1');
    socket.write(head('GET /stream'));
    await once(socket, 'data');
    socket.destroy();
    await wait(20);
    expect((await exchange(port(), head('GET /seen'))).status).toBe(200);
  });
});
