import { expect, test } from 'vitest';
import { z } from 'zod';
import { ByteStream } from '../../../runtime/bodies/index.ts';
import type { ParameterShape } from '../../../runtime/contract/index.ts';
import { createServer } from '../../../runtime/server/index.ts';
import { api, json, operation, overBoth } from './support.ts';

const LIMIT = 2000;
const text: ParameterShape = { kind: 'primitive', types: ['string'] };
const integer: ParameterShape = { kind: 'primitive', types: ['integer'] };
const form: ParameterShape = {
  kind: 'object',
  properties: { n: integer, tags: { kind: 'array', items: text }, o: { kind: 'object', properties: {} }, file: text },
};

const content = ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data', 'text/*', 'image/png'];
const FORM = 'application/x-www-form-urlencoded';
const shapes = { [FORM]: form, 'multipart/form-data': form };

const operations = {
  put: operation({ id: 'put', method: 'POST', path: '/put', body: { required: true, content, shapes } }),
  may: operation({ id: 'may', method: 'POST', path: '/may', body: { required: false, content: ['application/json'] } }),
  none: operation({ id: 'none', method: 'POST', path: '/none' }),
};

/** Describes a body. */
async function describeBody(body: unknown): Promise<unknown> {
  if (body instanceof File) return { file: body.name, type: body.type, text: await body.text() };
  if (body instanceof ByteStream) return { bytes: body.type, text: await body.text() };
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const members = Object.entries(body).map(async ([name, value]) => [name, await describeBody(value)]);
  return Object.fromEntries(await Promise.all(members));
}

const handler = async ({ body }: { body?: unknown }, { bytes }: { bytes: Uint8Array }) => ({
  data: { body: body === undefined ? 'nothing' : await describeBody(body), size: bytes.length },
});

const server = createServer(
  {
    api: api(),
    operations,
    validators: {
      put: { body: { 'application/json': z.strictObject({ a: z.int() }) }, responses: {} },
    },
    signers: {},
  },
  { bodyLimit: LIMIT, handlers: { put: handler, may: handler, none: handler } },
);

const multipart = () => {
  const data = new FormData();
  data.append('n', '5');
  data.append('tags', 'a');
  data.append('o', '{"x":[1]}');
  data.append('file', new File(['content'], 'a.txt', { type: 'text/plain' }));
  return { method: 'POST', body: data };
};
const send = (type: string | undefined, body: BodyInit): RequestInit => ({
  method: 'POST',
  body: type === undefined ? new Blob([body as string]) : body,
  ...(type === undefined ? {} : { headers: { 'content-type': type } }),
});
const streamed = (size: number, type = 'application/json') =>
  ({
    method: 'POST',
    body: new Blob(['x'.repeat(size)]).stream(),
    headers: { 'content-type': type },
    duplex: 'half',
  }) as RequestInit;

const rows: readonly [name: string, path: string, init: () => RequestInit, status: number, want: unknown][] = [
  ['JSON', '/put', () => json({ a: 1 }), 200, { body: { a: 1 }, size: 7 }],
  ['JSON with another media type', '/put', () => send('application/vnd.x+json', '{"a":1}'), 415, undefined],
  ['JSON without a content type', '/put', () => send(undefined, '{"a":1}'), 200, { body: { a: 1 }, size: 7 }],
  [
    'JSON that violates the contract',
    '/put',
    () => json({ a: 'secret', b: 1 }),
    400,
    { error: '/a: Invalid input: expected number, received string; body: Unrecognized key: "b"' },
  ],
  ['malformed JSON', '/put', () => send('application/json', '{"a":'), 400, { error: 'body: must be valid JSON' }],
  [
    'JSON nested to the maximum depth',
    '/put',
    () => send('application/json', '['.repeat(1000) + ']'.repeat(1000)),
    400,
    { error: expect.stringMatching(/^body: Invalid input/) },
  ],
  ['no body where one is required', '/put', () => ({ method: 'POST' }), 400, { error: 'body: is required' }],
  ['no body where it is optional', '/may', () => ({ method: 'POST' }), 200, { body: 'nothing', size: 0 }],
  [
    'a body that is not JSON, with the content type of JSON',
    '/put',
    () => send('application/json', ''),
    400,
    { error: 'body: is required' },
  ],
  ['an empty text', '/put', () => send('text/plain', ''), 200, { body: '', size: 0 }],
  ['an empty file', '/put', () => send('image/png', ''), 200, { body: { bytes: 'image/png', text: '' }, size: 0 }],
  ['an empty form', '/put', () => send(FORM, ''), 200, { body: {}, size: 0 }],
  ['a body where none is declared', '/none', () => json({ a: 1 }), 200, { body: 'nothing', size: 0 }],
  [
    'a form',
    '/put',
    () => send(FORM, 'n=5&tags=a&o=%7B%22x%22%3A1%7D&z=a+b'),
    200,
    { body: { n: 5, tags: ['a'], o: { x: 1 }, z: 'a b' }, size: 36 },
  ],
  [
    'a form with a repeated name',
    '/put',
    () => send(FORM, 'tags=a&tags=b&z=1&z=2'),
    200,
    { body: { tags: ['a', 'b'], z: ['1', '2'] }, size: 21 },
  ],
  [
    'multipart',
    '/put',
    multipart,
    200,
    {
      body: { n: 5, tags: ['a'], o: { x: [1] }, file: { file: 'a.txt', type: 'text/plain', text: 'content' } },
      size: expect.any(Number),
    },
  ],
  [
    'malformed multipart',
    '/put',
    () => send('multipart/form-data; boundary=x', 'nonsense'),
    400,
    { error: 'body: must be valid multipart data' },
  ],
  ['text', '/put', () => send('text/plain', 'é'), 200, { body: 'é', size: 2 }],
  [
    'text in another encoding',
    '/put',
    () => send('text/csv; charset=iso-8859-1', Buffer.from([0xe9])),
    200,
    { body: 'é', size: 1 },
  ],
  [
    'JSON in another encoding',
    '/put',
    () => send('application/json; charset=iso-8859-1', Buffer.from('{"a":1}', 'latin1')),
    200,
    { body: { a: 1 }, size: 7 },
  ],
  [
    'JSON in UTF-16',
    '/put',
    () => send('application/json;charset=utf-16le', Buffer.from('{"a":1}', 'utf16le')),
    200,
    { body: { a: 1 }, size: 14 },
  ],
  [
    'JSON with bytes that are invalid in its encoding',
    '/put',
    () => send('application/json; charset=utf-8', Buffer.from('{"s":"é"}', 'latin1')),
    400,
    { error: 'body: must be valid JSON' },
  ],
  [
    'JSON in an unknown encoding',
    '/put',
    () => send('application/json; charset=klingon', '{}'),
    400,
    { error: 'body: must be valid JSON' },
  ],
  [
    'text with invalid bytes',
    '/put',
    () => send('text/plain', Buffer.from([0xff])),
    400,
    { error: 'body: must be text in the charset of Content-Type' },
  ],
  ['bytes', '/put', () => send('image/png', 'png'), 200, { body: { bytes: 'image/png', text: 'png' }, size: 0 }],
  [
    'an undeclared media type',
    '/put',
    () => send('application/xml', '<a/>'),
    415,
    { error: `Content-Type must be ${content.join(' or ')}` },
  ],
  [
    'a body of the maximum size',
    '/put',
    () => send('text/plain', 'x'.repeat(LIMIT)),
    200,
    { body: 'x'.repeat(LIMIT), size: LIMIT },
  ],
  [
    'a body over the maximum size',
    '/put',
    () => send('text/plain', 'x'.repeat(LIMIT + 1)),
    413,
    { error: 'body must be at most 2000 bytes' },
  ],
  [
    'a body of the maximum size, streamed',
    '/put',
    () => streamed(LIMIT, 'text/plain'),
    200,
    { body: 'x'.repeat(LIMIT), size: LIMIT },
  ],
  [
    'a body over the maximum size, streamed',
    '/put',
    () => streamed(LIMIT + 1),
    413,
    { error: 'body must be at most 2000 bytes' },
  ],
];

test.each(rows)('%s', async (_, path, init, status, want) => {
  await overBoth(server, async (ask) => {
    const response = await ask(path, init());
    const body = await response.json();
    expect([response.status, want === undefined ? undefined : body]).toEqual([status, want]);
  });
});

test('the server reads no more of a stream than the limit and one chunk', async () => {
  let chunks = 0;
  const endless = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        chunks += 1;
        controller.enqueue(new Uint8Array(500));
      },
    },
    { highWaterMark: 0 },
  );
  const init = {
    method: 'POST',
    body: endless,
    headers: { 'content-type': 'text/plain' },
    duplex: 'half',
  } as RequestInit;
  expect((await server.fetch(new Request('http://t/put', init))).status).toBe(413);
  expect(chunks).toBe(5);
});

test('the server does not read a body whose Content-Length exceeds the limit', async () => {
  let read = false;
  const body = new ReadableStream(
    {
      pull() {
        read = true;
      },
    },
    { highWaterMark: 0 },
  );
  const headers = { 'content-type': 'text/plain', 'content-length': '2001' };
  const init = { method: 'POST', body, headers, duplex: 'half' } as RequestInit;
  expect((await server.fetch(new Request('http://t/put', init))).status).toBe(413);
  expect(read).toBe(false);
});

test('a body without validation is reported and passes', async () => {
  const definition = {
    api: api(),
    operations: { put: operations.put },
    validators: { put: { body: { 'application/json': z.strictObject({ a: z.int() }) }, responses: {} } },
    signers: {},
  };
  for (const mode of ['warn', 'off'] as const) {
    const logged: unknown[] = [];
    const logger = { warn: (entry: object) => void logged.push(entry) };
    const one = createServer(definition, { handlers: { put: handler }, validation: { input: mode }, logger });
    const passed = await one.fetch(new Request('http://t/put', json({ a: 'x' })));
    expect([passed.status, await passed.json()]).toEqual([200, { body: { a: 'x' }, size: 9 }]);
    expect(logged).toHaveLength(mode === 'warn' ? 1 : 0);
    const broken = await one.fetch(new Request('http://t/put', send('application/json', '{')));
    expect(broken.status, 'an unreadable body is rejected in every mode').toBe(400);
  }
});

test('a body nested deeper than the stack allows is invalid, not a server error', async () => {
  const list: z.ZodType = z.lazy(() => z.array(list));
  const server = createServer(
    {
      api: api(),
      operations: { put: operations.put },
      validators: { put: { body: { 'application/json': list }, responses: {} } },
      signers: {},
    },
    { handlers: { put: handler } },
  );
  const deep = '['.repeat(200_000) + ']'.repeat(200_000);
  const response = await server.fetch(new Request('http://t/put', send('application/json', deep)));
  expect([response.status, await response.json()]).toEqual([400, { error: 'body: is nested too deeply' }]);
});
