import { execFile } from 'node:child_process';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { brotliCompressSync, constants, createZstdCompress, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { isInstalled } from '../../run/installed.ts';
import { packageOf, removePackages, taking } from './packages.ts';

const LIMIT = 10_000;
const schema = { type: 'object', properties: { a: { type: 'string' } } };
const media = await packageOf({
  '/json': taking('json', { 'application/json': { schema } }),
  '/form': taking('form', { 'application/x-www-form-urlencoded': { schema } }),
  '/text': taking('text', { 'text/plain': { schema: { type: 'string' } } }),
});
afterAll(removePackages);

async function send(operation: string, type: string, coding: string | undefined, body: Uint8Array<ArrayBuffer>) {
  let read: unknown = 'no handler ran';
  const handler = (input: { readonly body: unknown }) => {
    read = input.body;
    return { status: 204 };
  };
  return media.serving(
    { [operation]: handler },
    async (url) => {
      const headers = { 'content-type': type, ...(coding !== undefined && { 'content-encoding': coding }) };
      const response = await fetch(`${url}/${operation}`, { method: 'POST', headers, body });
      await response.text();
      return { status: response.status, read, accepts: response.headers.get('accept-encoding') };
    },
    { bodyLimit: LIMIT },
  );
}

const json = 'application/json';
const bytes = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text));
const zipped = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(gzipSync(text));
const brotli = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(brotliCompressSync(text));
const zstd = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(zstdCompressSync(text));
const join = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.concat(parts));
/** A sender chooses how much memory a decompressor needs. */
const compressor = createZstdCompress({ params: { [constants.ZSTD_c_windowLog]: 27 } });
compressor.end('{"a":"x"}');
const wideZstd = new Uint8Array(await buffer(compressor));
const short = JSON.stringify({ a: Array.from({ length: 99 }, (_, i) => i * i).join() });
const a = { a: 'x' };
const none = 'no handler ran';
const large = JSON.stringify({ a: 'x'.repeat(LIMIT) });

/** [what, operation, Content-Type, Content-Encoding, bytes, status, what the handler is given] */
const rows: readonly (readonly [
  string,
  string,
  string,
  string | undefined,
  Uint8Array<ArrayBuffer>,
  number,
  unknown,
])[] = [
  ['gzip', 'json', json, 'gzip', zipped('{"a":"x"}'), 204, a],
  ['x-gzip', 'json', json, 'x-gzip', zipped('{"a":"x"}'), 204, a],
  ['gzip in capitals', 'json', json, 'GZIP', zipped('{"a":"x"}'), 204, a],
  ['deflate', 'json', json, 'deflate', new Uint8Array(deflateSync('{"a":"x"}')), 204, a],
  ['identity', 'json', json, 'identity', bytes('{"a":"x"}'), 204, a],
  ['no Content-Encoding', 'json', json, undefined, bytes('{"a":"x"}'), 204, a],
  ['a form', 'form', 'application/x-www-form-urlencoded', 'gzip', zipped('a=x'), 204, a],
  ['text', 'text', 'text/plain', 'gzip', zipped('é'), 204, 'é'],
  ['brotli', 'json', json, 'br', brotli('{"a":"x"}'), 204, a],
  ['zstd', 'json', json, 'zstd', zstd('{"a":"x"}'), 204, a],
  ['zstd in capitals', 'json', json, 'Zstd', zstd('{"a":"x"}'), 204, a],
  ['a form in brotli', 'form', 'application/x-www-form-urlencoded', 'br', brotli('a=x'), 204, a],
  ['deflate-raw, which is not a coding of HTTP', 'json', json, 'deflate-raw', zipped('{"a":"x"}'), 415, none],
  ['compress', 'json', json, 'compress', zipped('{"a":"x"}'), 415, none],
  ['two codings', 'json', json, 'gzip, gzip', zipped('{"a":"x"}'), 415, none],
  ['an unknown coding', 'json', json, 'rot13', bytes('{"a":"x"}'), 415, none],
  ['a body that is not gzip', 'json', json, 'gzip', bytes('{"a":"x"}'), 400, none],
  ['gzip that is truncated', 'json', json, 'gzip', zipped('{"a":"x"}').slice(0, 20), 400, none],
  ['a body that is not brotli', 'json', json, 'br', bytes('{"a":"x"}'), 400, none],
  ['brotli that is truncated', 'json', json, 'br', brotli(short).slice(0, 20), 400, none],
  ['brotli with other bytes after it', 'json', json, 'br', join(brotli('{"a":"x"}'), bytes('{}')), 400, none],
  ['a body that is not zstd', 'json', json, 'zstd', bytes('{"a":"x"}'), 400, none],
  ['zstd that is truncated', 'json', json, 'zstd', zstd(short).slice(0, 20), 400, none],
  ['zstd with a window over 8 MiB', 'json', json, 'zstd', wideZstd, 400, none],
  ['a body over the limit after decompression', 'json', json, 'gzip', zipped(large), 413, none],
  ['a decompression bomb', 'text', 'text/plain', 'gzip', zipped('x'.repeat(5_000_000)), 413, none],
  ['a decompression bomb in brotli', 'text', 'text/plain', 'br', brotli('x'.repeat(5_000_000)), 413, none],
  ['a decompression bomb in zstd', 'text', 'text/plain', 'zstd', zstd('x'.repeat(5_000_000)), 413, none],
];
test.each(rows)('%s', async (_, operation, type, coding, body, status, read) => {
  const accepts = status === 415 ? 'gzip, deflate, br, zstd' : null;
  expect(await send(operation, type, coding, body)).toEqual({ status, read, accepts });
});

test.skipIf(!isInstalled('curl'))('accepts a body that curl compressed with gzip', async () => {
  let read: unknown;
  const handler = (input: { readonly body: unknown }) => {
    read = input.body;
    return { status: 204 };
  };
  await media.serving({ json: handler }, async (url) => {
    const command = `printf '{"a":"curl"}' | gzip | curl -sS -f -H 'Content-Type: application/json' -H 'Content-Encoding: gzip' --data-binary @- ${url}/json`;
    await promisify(execFile)('sh', ['-c', command]);
  });
  expect(read).toEqual({ a: 'curl' });
});
