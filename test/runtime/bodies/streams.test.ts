import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, test } from 'vitest';
import { part } from '../../../runtime/client/index.ts';
import type { ByteStream } from '../../../runtime/contract/index.ts';
import { serve } from '../client/serve.ts';
import { packageOf, removePackages, taking } from './packages.ts';

const row = {
  type: 'object',
  required: ['i'],
  properties: { i: { type: 'integer' }, pin: { type: 'string', writeOnly: true } },
};
const bytes = { 'application/octet-stream': {} };
const media = await packageOf({
  '/up': taking('up', bytes),
  '/parts': taking('parts', {
    'multipart/form-data': {
      schema: { type: 'object', properties: { name: { type: 'string' }, file: { type: 'string', format: 'binary' } } },
    },
  }),
  '/lines': taking('lines', { 'application/jsonl': { schema: row } }),
  '/file': { get: { operationId: 'file', responses: { '200': { description: 'ok', content: bytes } } } },
  '/rows': {
    get: {
      operationId: 'rows',
      responses: { '200': { description: 'ok', content: { 'application/jsonl': { schema: row } } } },
    },
  },
});
afterAll(removePackages);

const MIB = 2 ** 20;

/** A stream of this many chunks of 64 KiB, and how many were read. */
function counted(chunks: number) {
  const counter = { pulled: 0 };
  const chunk = new Uint8Array(65_536).fill(7);
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (counter.pulled >= chunks) return controller.close();
        counter.pulled += 1;
        controller.enqueue(chunk);
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, counter };
}

async function sizeOf(stream: AsyncIterable<Uint8Array>): Promise<number> {
  let size = 0;
  for await (const chunk of stream) size += chunk.length;
  return size;
}

describe('uploads', () => {
  const uploads: readonly (readonly [name: string, body: () => unknown, size: number, length: string | undefined])[] = [
    ['a stream', () => counted(48).stream, 3 * MIB, undefined],
    ['a large file, with its length', () => new Blob([new Uint8Array(3 * MIB)]), 3 * MIB, String(3 * MIB)],
    ['a small file', () => new Blob(['abc']), 3, '3'],
    ['bytes', () => new Uint8Array(2 * MIB), 2 * MIB, String(2 * MIB)],
    ['text', () => 'abc', 3, '3'],
    ['nothing', () => new Uint8Array(0), 0, '0'],
  ];
  test.each(uploads)('%s over the body limit reaches a handler that streams it', async (_, body, size, length) => {
    let read: unknown;
    const handler = async ({ body: upload }: { readonly body: ByteStream }, context: { readonly request: Request }) => {
      read = [await sizeOf(upload), upload.type, upload.size, context.request.headers.get('content-length')];
      return { status: 204 };
    };
    const result = await media.serving({ up: handler }, async (url) => media.client(url).up?.({ body: body() }));
    expect(result?.error?.message).toBeUndefined();
    expect(read).toEqual([size, 'application/octet-stream', length && Number(length), length ?? null]);
  });

  test('a handler that buffers more than the limit causes a 413', async () => {
    const handler = async ({ body }: { readonly body: ByteStream }) => {
      await body.arrayBuffer();
      return { status: 204 };
    };
    const result = await media.serving({ up: handler }, async (url) =>
      media.client(url).up?.({ body: new Uint8Array(2 * MIB) }),
    );
    expect(result?.error).toMatchObject({ status: 413 });
  });

  test('a handler can buffer a body within the limit, in any form', async () => {
    const forms: unknown[] = [];
    const handler = async ({ body }: { readonly body: ByteStream }) => {
      forms.push(await body.text(), (await body.bytes()).length, (await body.blob()).type);
      return { status: 204 };
    };
    await media.serving({ up: handler }, async (url) => media.client(url).up?.({ body: new Blob(['abc']) }));
    expect(forms).toEqual(['abc', 3, 'application/octet-stream']);
  });

  test('the server reads a stream only as fast as the handler consumes it', async () => {
    const { stream, counter } = counted(10_000);
    const peer = createServer((request, response) => {
      request.once('readable', () => setTimeout(() => response.writeHead(204, { connection: 'close' }).end(), 300));
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => peer.once('listening', resolve));
    await media.client(`http://127.0.0.1:${(peer.address() as AddressInfo).port}`).up?.({ body: stream });
    expect(counter.pulled).toBeLessThan(1_000);
    peer.closeAllConnections();
    peer.close();
  });

  test('a retry resends a file, but not a stream', async () => {
    const peer = await serve((_, answer) => void answer.writeHead(503).end());
    const retrying = media.client(peer.url, { retry: { attempts: 2, base: 1 } });
    await retrying.up?.({ body: counted(1).stream });
    expect(peer.received).toHaveLength(1);
    await peer.close();
  });

  test('sends a stream as a part', async () => {
    let read: unknown;
    const handler = async ({ body }: { readonly body: { readonly name: string; readonly file: File } }) => {
      read = [body.name, body.file.name, body.file.type, await sizeOf(body.file.stream() as never)];
      return { status: 204 };
    };
    const file = part(counted(48).stream, { filename: 'a.bin', contentType: 'application/x-a' });
    const result = await media.serving({ parts: handler }, async (url) =>
      media.client(url).parts?.({ body: { name: 'n', file } }),
    );
    expect([result?.error?.message, read]).toEqual([undefined, ['n', 'a.bin', 'application/x-a', 3 * MIB]]);
  });

  test('an uploaded file can be the response, and is deleted from disk', async () => {
    const { readdirSync } = await import('node:fs');
    const { tmpdir } = await import('node:os');
    const spooled = () => readdirSync(tmpdir()).filter((name) => name.startsWith('countersign-upload-'));
    const before = spooled();
    let during = 0;
    const handler = async ({ body }: { readonly body: { readonly file: File } }) => {
      during = spooled().filter((name) => !before.includes(name)).length;
      await body.file.slice(0, 1).text();
      return { status: 204 };
    };
    await media.serving({ parts: handler }, async (url) =>
      media.client(url).parts?.({ body: { file: new Blob([new Uint8Array(2 * MIB)]) } }),
    );
    expect(during).toBe(1);
    await expect.poll(() => spooled().filter((name) => !before.includes(name))).toEqual([]);
  });

  test('text parts count against the limit', async () => {
    const result = await media.serving({ parts: () => ({ status: 204 }) }, async (url) =>
      media.client(url).parts?.({ body: { name: 'x'.repeat(2 * MIB) } }),
    );
    expect(result?.error).toMatchObject({ status: 413 });
  });
});

describe('downloads', () => {
  const download = (handler: () => unknown, options: object = {}) =>
    media.serving({ file: handler }, async (url) => {
      const call = media.client(url, options).file as unknown as {
        stream(input?: object, options?: object): Promise<{ data?: ByteStream; error?: Error }>;
      };
      const { data, error } = await call.stream();
      return error ?? [data?.type, data?.size, data && (await sizeOf(data))];
    });

  const rows: readonly (readonly [name: string, data: () => unknown, size: number | undefined, read: number])[] = [
    ['a stream', () => counted(320).stream, undefined, 20 * MIB],
    ['a file', () => new Blob([new Uint8Array(20 * MIB)]), undefined, 20 * MIB],
    ['bytes', () => new Uint8Array(3), 3, 3],
    ['nothing', () => new Uint8Array(0), 0, 0],
  ];
  test.each(rows)('%s', async (_, data, size, read) => {
    const found = (await download(() => ({ data: data() }))) as readonly unknown[];
    expect([found[0], found[2]]).toEqual(['application/octet-stream', read]);
    if (size !== undefined) expect(found[1]).toBe(size);
  });

  test('a large file is a Blob by default, unless the caller limits its size', async () => {
    await media.serving({ file: () => ({ data: new Uint8Array(20 * MIB) }) }, async (url) => {
      const { data } = (await media.client(url).file?.()) ?? {};
      expect((data as Blob).size).toBe(20 * MIB);
      const limited = await media.client(url, { maxResponseBytes: 1_000 }).file?.();
      expect(limited?.error).toMatchObject({ kind: 'body-too-large' });
    });
  });

  test('the stream has the file name and the errors of the response', async () => {
    const peer = await serve((_, answer, socket) => {
      const disposition = `attachment; filename="_"; filename*=UTF-8''%C3%BC.bin`;
      answer.writeHead(200, {
        'content-type': 'application/pdf',
        'content-disposition': disposition,
        'content-length': 10,
      });
      answer.write('abc', () => setTimeout(() => socket.destroy(), 50));
    });
    const call = media.client(peer.url).file as unknown as { stream(): Promise<{ data: ByteStream }> };
    const { data } = await call.stream();
    expect([data.name, data.type, data.size]).toEqual(['ü.bin', 'application/pdf', 10]);
    await expect(data.text()).rejects.toMatchObject({ kind: 'connection' });
    await peer.close();
  });

  test('the caller’s signal aborts it', async () => {
    const peer = await serve((_, answer) => {
      answer.writeHead(200, { 'content-type': 'application/octet-stream' });
      answer.write('abc');
    });
    const controller = new AbortController();
    const call = media.client(peer.url).file as unknown as {
      stream(input: object, options: object): Promise<{ data: ByteStream }>;
    };
    const { data } = await call.stream({}, { signal: controller.signal });
    const reading = data.text();
    controller.abort();
    await expect(reading).rejects.toMatchObject({ kind: 'abort' });
    await peer.close();
  });
});

describe('rows', () => {
  /** [description, the body, the number of rows that the handler receives, status] */
  const sent: readonly (readonly [name: string, body: string, given: number, status: number])[] = [
    ['rows', '{"i":1}\n{"i":2}\n', 2, 204],
    ['no line end after the last row', '{"i":1}\n{"i":2}', 2, 204],
    ['blank lines', '\n{"i":1}\n\n', 1, 204],
    ['Windows line ends', '{"i":1}\r\n{"i":2}\r\n', 2, 204],
    ['no rows', '', 0, 204],
    ['an invalid row', '{"i":1}\n{"i":"x"}\n', 1, 400],
    ['a row without a required property', '{}\n', 0, 400],
    ['a row that is not JSON', '{"i":1}\n{"i":\n', 1, 400],
    ['a line that is too long', `{"i":1}\n"${'x'.repeat(2 * MIB)}"\n`, 1, 413],
  ];
  test.each(sent)('a handler receives %s', async (_, body, given, status) => {
    let count = 0;
    const handler = async ({ body: rows }: { readonly body: AsyncIterable<unknown> }) => {
      for await (const _row of rows) count += 1;
      return { status: 204 };
    };
    await media.serving({ lines: handler }, async (url) => {
      const init = { method: 'POST', headers: { 'content-type': 'application/jsonl' }, body };
      expect((await fetch(`${url}/lines`, init)).status).toBe(status);
    });
    expect(count).toBe(given);
  });

  test('a client sends rows as they become available', async () => {
    async function* rows() {
      yield { i: 1 };
      yield { i: 2 };
    }
    expect((await media.sent('lines', { body: rows() })).body).toBe('{"i":1}\n{"i":2}\n');
    expect((await media.sent('lines', { body: [{ i: 3 }] })).body).toBe('{"i":3}\n');
  });

  const answered: readonly (readonly [name: string, rows: unknown, want: string])[] = [
    ['a list', [{ i: 1 }, { i: 2 }], '{"i":1}\n{"i":2}\n'],
    ['properties that are never sent', [{ i: 1, pin: 'secret' }], '{"i":1}\n'],
    ['a list with an invalid row', [{ i: 1 }, { i: 'x' }], '500'],
    [
      'a stream',
      (async function* () {
        yield { i: 1 };
      })(),
      '{"i":1}\n',
    ],
    [
      'a stream with properties that are never sent',
      (async function* () {
        yield { i: 1, pin: 'secret' };
      })(),
      '{"i":1}\n',
    ],
    [
      'a stream with an invalid row',
      (async function* () {
        yield { i: 1 };
        yield { i: 'x' };
      })(),
      'broken',
    ],
  ];
  test.each(answered)('a server responds with %s', async (_, data, want) => {
    await media.serving({ rows: () => ({ data }) }, async (url) => {
      const response = await fetch(`${url}/rows`);
      const text = await response.text().catch(() => 'broken');
      expect(response.status === 500 ? '500' : text).toBe(want);
    });
  });
});
