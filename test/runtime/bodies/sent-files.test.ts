import { mkdtempSync, openAsBlob, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { ByteStream } from '../../../runtime/contract/index.ts';
import { packageOf, removePackages, taking } from './packages.ts';

const folder = mkdtempSync(join(tmpdir(), 'countersign-sent-files-'));
const path = join(folder, 'file');
const MIB = 2 ** 20;
const content = Uint8Array.from({ length: 9 * MIB }, (_, at) => (at >> 16) % 251);
writeFileSync(path, content);

const response = (media: object) => ({ responses: { 200: { description: 'ok', content: media } } });
const file = { get: { operationId: 'file', ...response({ 'application/octet-stream': {}, 'image/png': {} }) } };
const made = await packageOf({ '/file': file, '/up': taking('up', { 'application/octet-stream': {} }) });
afterAll(() => {
  rmSync(folder, { recursive: true });
  removePackages();
});

/** A file that cannot be loaded whole: only its stream can be read. */
function onlyAsStream<T extends Blob>(given: T): T {
  const reject = () => Promise.reject(new Error('the file was loaded into memory'));
  return Object.assign(given, { arrayBuffer: reject, bytes: reject, text: reject });
}

type Row = readonly [name: string, answer: () => unknown, length: number, type: string];
const rows: readonly Row[] = [
  ['a Blob', () => ({ data: new Blob(['abc']) }), 3, 'application/octet-stream'],
  ['a File', () => ({ data: new File(['abc'], 'a.txt') }), 3, 'application/octet-stream'],
  ['an empty Blob', () => ({ data: new Blob([]) }), 0, 'application/octet-stream'],
  ['a large Blob', () => ({ data: new Blob([content]) }), 9 * MIB, 'application/octet-stream'],
  ['a file on disk', async () => ({ data: await openAsBlob(path) }), 9 * MIB, 'application/octet-stream'],
  [
    'a part of a file',
    async () => ({ data: (await openAsBlob(path)).slice(1, MIB) }),
    MIB - 1,
    'application/octet-stream',
  ],
  [
    'with an explicit status',
    async () => ({ status: 200, body: await openAsBlob(path) }),
    9 * MIB,
    'application/octet-stream',
  ],
  [
    'with another Content-Type',
    async () => ({ data: await openAsBlob(path), headers: { 'content-type': 'image/png' } }),
    9 * MIB,
    'image/png',
  ],
  [
    'with cookies',
    async () => ({ data: await openAsBlob(path), headers: { 'set-cookie': ['a=1', 'b=2'] } }),
    9 * MIB,
    'application/octet-stream',
  ],
];

describe('a server streams a file from disk, with its Content-Length', () => {
  test.each(rows)('%s', async (_, answer, length, type) => {
    const handler = async () => {
      const answered = (await answer()) as { readonly data?: Blob; readonly body?: Blob };
      onlyAsStream((answered.data ?? answered.body) as Blob);
      return answered;
    };
    await made.serving({ file: handler }, async (url) => {
      const got = await fetch(`${url}/file`);
      expect([got.status, got.headers.get('content-length'), got.headers.get('content-type')]).toEqual([
        200,
        String(length),
        type,
      ]);
      expect((await got.bytes()).length).toBe(length);
      const head = await fetch(`${url}/file`, { method: 'HEAD' });
      expect([head.status, await head.text()]).toEqual([200, '']);
    });
  });

  test('the server closes the connection if a file changes while it is sent', async () => {
    const handler = async () => {
      const data = await openAsBlob(path);
      writeFileSync(path, 'changed');
      return { data };
    };
    await made.serving({ file: handler }, async (url) => {
      const got = await fetch(`${url}/file`)
        .then((sent) => sent.bytes())
        .catch((error: unknown) => error);
      expect(got).toBeInstanceOf(Error);
    });
    writeFileSync(path, content);
  });
});

describe('chunks stay valid after the next read', () => {
  const kept = async (bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of bytes) chunks.push(chunk);
    return new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer());
  };

  test('during a download', async () => {
    const handler = async () => ({ data: await openAsBlob(path) });
    await made.serving({ file: handler }, async (url) => {
      const call = made.client(url).file as unknown as { stream: () => Promise<{ readonly data: ByteStream }> };
      const { data } = await call.stream();
      expect(Buffer.compare(await kept(data), content)).toBe(0);
    });
  });

  test('during an upload', async () => {
    let got: Uint8Array | undefined;
    const handler = async ({ body }: { readonly body: ByteStream }) => {
      got = await kept(body);
      return { status: 204 };
    };
    await made.serving({ up: handler }, async (url) => {
      const sent = await made.client(url).up?.({ body: await openAsBlob(path) });
      expect(sent?.error).toBeUndefined();
    });
    expect(Buffer.compare(got ?? new Uint8Array(), content)).toBe(0);
  });
});
