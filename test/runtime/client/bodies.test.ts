import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { bodies, media, recipes, type ServerSentEvent, signing, streaming } from '../../../runtime/client/index.ts';
import type { SignatureScheme } from '../../../runtime/contract/index.ts';
import { defineSigner, sha256Hex } from '../../../runtime/signing/index.ts';
import { cpuTimeOf } from '../../run/cpu-time.ts';
import { limit } from '../../run/slowness.ts';
import { api } from './dicey-fun.ts';
import { clientOf, api as plain } from './fixtures.ts';
import { json, type Serve, serve, type TestServer } from './serve.ts';

let server: TestServer;
afterEach(() => server.close());

const scheme: SignatureScheme = {
  kind: 'signature',
  name: 'hash',
  signer: 'hash',
  algorithm: 'sha256',
  signature: { in: 'header', name: 'x-hash' },
  nonce: { in: 'header', name: 'x-nonce', bytes: 8 },
  credentials: [],
  replay: 'nonce',
  refusals: api.securitySchemes.apiKey.refusals,
};
const hashed = { ...plain, securitySchemes: { hash: scheme } };
const signers = { hash: defineSigner({ stringToSign: ({ body }) => body, sign: (message) => sha256Hex(message) }) };

/** Sends a body and returns what arrived. The signature over the sent bytes is checked here. */
async function send(mediaType: string, body: unknown) {
  server = await serve((_, answer) => json(answer, {}));
  const operation = { method: 'POST', body: { required: true, content: [mediaType] }, security: [['hash']] } as const;
  const { error } = await clientOf(
    operation,
    { baseUrl: server.url },
    { api: hashed, signers, features: [bodies, signing] },
  ).op({
    body,
  });
  expect(error).toBeUndefined();
  const [request] = server.received;
  if (!request) throw new Error('nothing arrived');
  expect(request.headers['x-hash']).toBe(sha256Hex(request.bytes));
  expect(request.headers['x-nonce']).toMatch(/^[0-9a-f]{16}$/);
  return request;
}

describe('the client signs the bytes that it sends', () => {
  const bytes = new Uint8Array([0, 255, 10]);
  test.each<[string, unknown, string]>([
    ['application/json', { a: 'é', b: [1, null] }, '{"a":"é","b":[1,null]}'],
    ['application/vnd.x+json', 'text', '"text"'],
    ['application/json', null, 'null'],
    ['text/plain', 'as it is é', 'as it is é'],
    [
      'application/x-www-form-urlencoded',
      { a: 'b c', d: [1, 2], e: { f: 1 }, g: null },
      'a=b+c&d=1&d=2&e=%7B%22f%22%3A1%7D',
    ],
    ['application/octet-stream', bytes, Buffer.from(bytes).toString()],
    ['application/octet-stream', bytes.buffer, Buffer.from(bytes).toString()],
    ['application/octet-stream', new Blob([bytes]), Buffer.from(bytes).toString()],
    ['application/octet-stream', new Blob(['streamed']).stream(), 'streamed'],
  ])('%s %j', async (mediaType, body, want) => {
    const { headers, body: got } = await send(mediaType, body);
    expect([got, headers['content-type']]).toEqual([want, mediaType]);
  });

  test('multipart/form-data', async () => {
    const file = new File(['content'], 'a.txt', { type: 'text/plain' });
    const { headers, bytes: sent } = await send('multipart/form-data', {
      name: 'é',
      file,
      tags: ['a', 'b'],
      meta: { n: 1 },
    });
    const form = await new Response(new Uint8Array(sent), {
      headers: { 'content-type': headers['content-type'] ?? '' },
    }).formData();
    expect(form.get('name')).toBe('é');
    expect(form.getAll('tags')).toEqual(['a', 'b']);
    expect(await (form.get('file') as File).text()).toBe('content');
    expect(form.get('meta')).toBe('{"n":1}');
  });

  test('the error for a form names the missing feature', async () => {
    server = await serve((_, answer) => json(answer, {}));
    const body = { required: true, content: ['multipart/form-data'] };
    const { error } = await clientOf({ method: 'POST', body }, { baseUrl: server.url }).op({ body: { a: 1 } });
    expect(error?.message).toContain('add the `bodies` feature');
  });
});

test('values sent in the body are part of the signature', async () => {
  server = await serve((_, answer) => json(answer, {}));
  const inBody: SignatureScheme = {
    ...scheme,
    signature: { in: 'body', name: 'sig' },
    nonce: { in: 'body', name: 'nonce', bytes: 8 },
    timestamp: { in: 'body', name: 'ts', units: ['ms'], tolerance: 300 },
  };
  const operation = {
    method: 'POST',
    body: { required: true, content: ['application/json'] },
    security: [['hash']],
  } as const;
  const client = clientOf(
    operation,
    { baseUrl: server.url },
    { api: { ...hashed, securitySchemes: { hash: inBody } }, signers, features: [recipes] },
  );
  await client.op({ body: { a: 1 } });
  const { sig, ...rest } = JSON.parse(server.received[0]?.body ?? '');
  expect(Object.keys(rest)).toEqual(['a', 'ts', 'nonce']);
  expect(sig).toBe(sha256Hex(JSON.stringify(rest)));
});

describe('responses', () => {
  const answering = async (type: string, body: string | Uint8Array, declared = [type]) => {
    server = await serve(
      (_, answer) => void answer.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(body),
    );
    const responses = [{ status: '200', content: declared }];
    return clientOf({ responses }, { baseUrl: server.url, retry: false }, { features: [streaming, media] });
  };

  test.each<[string, string, unknown]>([
    ['text/plain', 'é', 'é'],
    ['text/csv', 'a,b', 'a,b'],
    ['application/xml', '<a/>', '<a/>'],
    ['application/problem+json', '{"a":1}', { a: 1 }],
  ])('%s', async (type, body, want) => {
    expect((await (await answering(type, body)).op()).data).toEqual(want);
  });

  test('returns bytes as a Blob', async () => {
    const { data } = await (await answering('image/png', new Uint8Array([137, 80, 0, 255]))).op();
    expect(data).toBeInstanceOf(Blob);
    expect([(data as Blob).type, [...new Uint8Array(await (data as Blob).arrayBuffer())]]).toEqual([
      'image/png',
      [137, 80, 0, 255],
    ]);
  });

  test('yields server-sent events as they arrive', async () => {
    const text = ': hi\r\nid: 7\nevent: move\ndata: {"x":\ndata: 1}\n\ndata:é\n\nevent: lost\n\n';
    const { data } = await (await answering('text/event-stream', text)).op();
    const events: ServerSentEvent[] = [];
    for await (const event of data as AsyncIterable<ServerSentEvent>) events.push(event);
    expect(events).toEqual([
      { event: 'move', data: '{"x":\n1}', id: '7' },
      { event: 'message', data: 'é', id: '7' },
    ]);
  });

  test('yields the valid lines before an invalid JSON line, then throws an error with its location', async () => {
    const { data } = await (await answering('application/jsonl', '{"a":1}\n\n{"secret\n{"a":2}\n')).op();
    const got: unknown[] = [];
    const reading = (async () => {
      for await (const value of data as AsyncIterable<unknown>) got.push(value);
    })();
    await expect(reading).rejects.toMatchObject({
      kind: 'unexpected-answer',
      reason: 'line 3 that is not JSON',
      status: 200,
      message: expect.not.stringContaining('secret'),
    });
    expect(got).toEqual([{ a: 1 }]);
  });

  test('rejects a line that exceeds the limit', async () => {
    server = await serve((_, answer) => {
      answer.writeHead(200, { 'content-type': 'application/jsonl' });
      for (let i = 0; i < 50; i++) answer.write('x'.repeat(1000));
    });
    const responses = [{ status: '200', content: ['application/jsonl'] }];
    const { data } = await clientOf(
      { responses },
      { baseUrl: server.url, maxResponseBytes: 10_000 },
      { features: [streaming] },
    ).op();
    const next = (data as AsyncIterable<unknown>)[Symbol.asyncIterator]().next();
    await expect(next).rejects.toMatchObject({ kind: 'body-too-large' });
  });

  test('reads a stream line by line before it ends, and lets the caller end it', async () => {
    let next = () => {};
    server = await serve(async (_, answer) => {
      answer.writeHead(200, { 'content-type': 'application/jsonl' });
      for (let i = 0; i < 3; i++) {
        answer.write(`{"i":${i}}\n{"h":`);
        await new Promise<void>((resolve) => {
          next = resolve;
        });
        answer.write(`${i}}\n`);
      }
    });
    const responses = [{ status: '200', content: ['application/jsonl'] }];
    const controller = new AbortController();
    const { data } = await clientOf({ responses }, { baseUrl: server.url }, { features: [streaming] }).op(
      {},
      { signal: controller.signal },
    );
    const got: unknown[] = [];
    const reading = (async () => {
      for await (const value of data as AsyncIterable<unknown>) {
        got.push(value);
        if (got.length === 2) controller.abort();
        else next();
      }
    })();
    await expect(reading).rejects.toMatchObject({ kind: 'abort' });
    expect(got.slice(0, 2)).toEqual([{ i: 0 }, { h: 0 }]);
  });
});

describe('the lifecycle of a stream', () => {
  /** A provider that sends something, falls silent, and records when its caller has disconnected. */
  const silent = async (type: string, said: string) => {
    let gone = () => {};
    const left = new Promise<string>((resolve) => {
      gone = () => resolve('gone');
    });
    server = await serve((_, answer, socket) => {
      socket.on('close', gone);
      answer.writeHead(200, { 'content-type': type });
      answer.write(said);
    });
    const controller = new AbortController();
    const { data } = await clientOf(
      { responses: [{ status: '200', content: [type] }] },
      { baseUrl: server.url },
      { features: [streaming] },
    ).op({}, { signal: controller.signal });
    return { items: data as AsyncGenerator<unknown>, controller, left };
  };
  const lines = () => silent('application/jsonl', '{"i":0}\n');

  test('abort before the first next()', async () => {
    const { items, controller, left } = await lines();
    controller.abort();
    await expect(items.next()).rejects.toMatchObject({ kind: 'abort' });
    expect(await left).toBe('gone');
  });

  test('abort while next() is pending', async () => {
    const { items, controller, left } = await lines();
    expect(await items.next()).toEqual({ done: false, value: { i: 0 } });
    const waiting = items.next();
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ kind: 'abort' });
    expect(await left).toBe('gone');
  });

  test('return() before the first next() closes the connection', async () => {
    const { items, left } = await lines();
    expect(await items.return(undefined)).toEqual({ done: true, value: undefined });
    expect([await left, await items.next()]).toEqual(['gone', { done: true, value: undefined }]);
  });

  test('return() while next() is pending ends both', async () => {
    const { items, left } = await lines();
    await items.next();
    const waiting = items.next();
    expect(await items.return(undefined)).toEqual({ done: true, value: undefined });
    expect([await left, await waiting]).toEqual(['gone', { done: true, value: undefined }]);
  });

  test.each<[string, string, unknown]>([
    ['line ends that are CR', 'data: a\r\r', { event: 'message', data: 'a', id: undefined, retry: undefined }],
    ['the delay before a reconnection', 'retry: 5000\n\ndata: a\n\n', { event: 'message', data: 'a', retry: 5000 }],
    [
      'a retry time that is not a number',
      'retry: soon\ndata: a\n\n',
      { event: 'message', data: 'a', retry: undefined },
    ],
  ])('yields an event as soon as it is complete: %s', async (_, said, want) => {
    const { items } = await silent('text/event-stream', said);
    expect((await items.next()).value).toEqual(want);
    await items.return(undefined);
  });

  test('treats CR and LF in two chunks as one line end', async () => {
    server = await serve(async (_, answer) => {
      answer.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const part of ['data: a\r', '\ndata: b\r', '\n\r', '\n']) {
        await new Promise((resolve) => answer.write(part, resolve));
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      answer.end();
    });
    const responses = [{ status: '200', content: ['text/event-stream'] }];
    const { data } = await clientOf({ responses }, { baseUrl: server.url }, { features: [streaming] }).op();
    const events: unknown[] = [];
    for await (const event of data as AsyncIterable<unknown>) events.push(event);
    expect(events).toMatchObject([{ data: 'a\nb' }]);
  });

  test('searches a long line only once', async () => {
    const text = 'x'.repeat(15_000_000);
    server = await serve(
      (_, answer) => void answer.writeHead(200, { 'content-type': 'application/jsonl' }).end(JSON.stringify(text)),
    );
    const responses = [{ status: '200', content: ['application/jsonl'] }];
    const { data } = await clientOf({ responses }, { baseUrl: server.url }, { features: [streaming] }).op();
    const taken = await cpuTimeOf(async () => {
      for await (const value of data as AsyncIterable<unknown>) expect(value).toHaveLength(15_000_000);
    });
    expect(taken).toBeLessThan(limit(3_000));
  });

  test.each(['throw', 'warn', 'off'] as const)('validates each value of the lines: %s', async (answers) => {
    server = await serve(
      (_, answer) => void answer.writeHead(200, { 'content-type': 'application/jsonl' }).end('{"i":0}\n{"i":"1"}\n'),
    );
    const warned: string[] = [];
    const { data } = await clientOf(
      { responses: [{ status: '200', content: ['application/jsonl'] }] },
      { baseUrl: server.url, validation: { responses: answers }, logger: { warn: (event) => void warned.push(event) } },
      {
        features: [streaming],
        validator: { responses: { '200': { 'application/jsonl': z.object({ i: z.int() }) } } },
      },
    ).op();
    const got: unknown[] = [];
    const reading = (async () => {
      for await (const value of data as AsyncIterable<unknown>) got.push(value);
    })();
    if (answers === 'throw') await expect(reading).rejects.toMatchObject({ kind: 'validation', of: 'response' });
    else await reading;
    expect(got).toEqual(answers === 'throw' ? [{ i: 0 }] : [{ i: 0 }, { i: '1' }]);
    expect(warned).toEqual(answers === 'warn' ? ['countersign.response'] : []);
  });
});

describe('the maximum response size', () => {
  const large = JSON.stringify({ a: 'x'.repeat(5_000) });
  test.each<[string, Serve]>([
    ['with a Content-Length', (_, answer) => void answer.writeHead(200, { 'content-length': large.length }).end(large)],
    ['in chunks', (_, answer) => void answer.writeHead(200).end(large)],
    ['compressed', (_, answer) => void answer.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(large))],
  ])('%s', async (_, answer) => {
    server = await serve(answer);
    const client = (maxResponseBytes: number) => clientOf({}, { baseUrl: server.url, maxResponseBytes, retry: false });
    expect((await client(4_000).op()).error).toMatchObject({ kind: 'body-too-large', limit: 4_000 });
    expect((await client(6_000).op()).error).toBeUndefined();
  });
});
