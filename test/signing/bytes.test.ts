/** Signatures cover bytes: bodies that differ in bytes but not in text. node:crypto signs. Real HTTP. */
import { isUtf8 } from 'node:buffer';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bodies, type Call, createClient, signing } from '@countersign/runtime/client';
import { createServer } from '@countersign/runtime/server';
import { type Listening, listen } from '@countersign/runtime/server/node';
import { concat, defineSigner, hmacSha256Hex } from '@countersign/runtime/signing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApi } from '../../scripts/model/index.ts';
import type { ExpandedDocument } from '../../scripts/model/types.ts';
import { documentOf, operation, signedBy } from '../receiving/support.ts';

const SCHEME = {
  algorithm: 'hmac-sha256',
  timestamp: { in: 'header', name: 'x-time', unit: 's', tolerance: 300 },
  key: { credential: 'secret' },
  credentials: { secret: {} },
};
const RECIPE = { ...SCHEME, message: { join: '.', parts: ['timestamp', 'body'] } };
const { key: _, ...SIGNER } = SCHEME;
const signer = defineSigner({
  stringToSign: ({ timestamp, body }) => concat(`${timestamp}.`, body),
  sign: (message, { credentials }) => hmacSha256Hex(credentials.secret ?? '', message),
});

const textSigner = defineSigner({
  stringToSign: ({ timestamp, bodyText }) => `${timestamp}.${bodyText}`,
  sign: signer.sign,
});
const KINDS = { recipe: undefined, signer, 'signer of text': textSigner };

const anything = (type: string) => ({ requestBody: { required: true, content: { [type]: { schema: {} } } } });
/** An API whose operations take a file, JSON and text. */
function describedBy(scheme: typeof RECIPE | typeof SIGNER) {
  const document = documentOf({
    paths: {
      '/file': { put: operation('putFile', { ...anything('application/octet-stream'), security: [{ signed: [] }] }) },
      '/json': { put: operation('putJson', { ...anything('application/json'), security: [{ signed: [] }] }) },
      '/text': { put: operation('putText', { ...anything('text/plain'), security: [{ signed: [] }] }) },
    },
    ...signedBy('x-sign', scheme),
  }) as ExpandedDocument;
  const api = buildApi({ document, locate: (pointer) => ({ file: pointer, line: 1, column: 1 }) }, 'shop');
  const operations = Object.fromEntries(api.operations.map(({ descriptor }) => [descriptor.id, descriptor]));
  return { api: api.descriptor, operations };
}

const servers: Listening[] = [];
const urls: Record<string, string> = {};

beforeAll(async () => {
  for (const [kind, signed] of Object.entries(KINDS)) {
    const described = describedBy(signed ? SIGNER : RECIPE);
    const done = () => ({ data: { ok: true } });
    const server = createServer(
      {
        ...described,
        validators: {},
        signers: signed ? { signed } : {},
      },
      {
        handlers: { putFile: done, putJson: done, putText: done },
        security: { signed: { secret: 's' } } as never,
        environment: {},
        logger: {},
      },
    );
    const listening = await listen(server);
    servers.push(listening);
    urls[kind] = listening.url;
  }
});
afterAll(() => Promise.all(servers.map(({ close }) => close())));

async function put(kind: string, path: string, type: string, signed: Buffer, sent: Buffer = signed): Promise<number> {
  const time = String(Math.floor(Date.now() / 1000));
  const made = createHmac('sha256', 's').update(`${time}.`).update(signed).digest('hex');
  const headers = { 'content-type': type, 'x-time': time, 'x-sign': made };
  return (await fetch(`${urls[kind]}${path}`, { method: 'PUT', headers, body: new Uint8Array(sent) })).status;
}

const bytes = (...list: number[]): Buffer => Buffer.from(list);
const json = (...parts: (string | number[])[]): Buffer =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string)));

describe.each(Object.keys(KINDS))('a %s', (kind) => {
  /** A signer of text rejects bytes that are not text. */
  const statusOf = (body: Buffer, usual: number): number => (kind === 'signer of text' && !isUtf8(body) ? 401 : usual);

  test.each<[string, Buffer, Buffer]>([
    ['a byte that is invalid in UTF-8', bytes(0x89, 0x50, 0x80, 0x01), bytes(0xff, 0x50, 0xc0, 0x01)],
    ['the first byte of a file', bytes(0x89, 0x50, 0x4e, 0x47), bytes(0xfe, 0x50, 0x4e, 0x47)],
    ['a truncated character', bytes(0xe2, 0x82), bytes(0xe2, 0x83)],
    ['an overlong encoding', bytes(0xc0, 0xaf), bytes(0xc1, 0xaf)],
    ['an encoded surrogate', bytes(0xed, 0xa0, 0x80), bytes(0xed, 0xa0, 0x81)],
    ['a character beyond Unicode', bytes(0xf4, 0x90, 0x80, 0x80), bytes(0xf4, 0x91, 0x80, 0x80)],
    ['a byte order mark', bytes(0xef, 0xbb, 0xbf, 0x61), bytes(0x61)],
    ['two byte order marks', bytes(0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf, 0x61), bytes(0xef, 0xbb, 0xbf, 0x61)],
    ['the replacement character', bytes(0xef, 0xbf, 0xbd), bytes(0xff)],
    ['a zero byte', bytes(0x61, 0x00), bytes(0x61)],
    ['the line end', Buffer.from('a\r\nb'), Buffer.from('a\nb')],
    ['two encodings of one letter', Buffer.from('\u00e9'), Buffer.from('e\u0301')],
    ['bytes of UTF-16', Buffer.from('ab', 'utf16le'), Buffer.from('ac', 'utf16le')],
    ['the last of many bytes', Buffer.alloc(70_000, 0x80), Buffer.alloc(70_000, 0x80).fill(0x81, 69_999)],
  ])('accepts a file, and rejects one that differs in %s', async (_, right, changed) => {
    for (const [path, type] of [
      ['/file', 'application/octet-stream'],
      ['/text', 'text/plain'],
    ] as const)
      expect([path, await put(kind, path, type, right, changed)]).toEqual([path, 401]);
    expect(await put(kind, '/file', 'application/octet-stream', right)).toBe(statusOf(right, 200));
  });

  test.each<[string, Buffer, number]>([
    ['ASCII', json('{"type":"x"}'), 200],
    ['a byte order mark', json([0xef, 0xbb, 0xbf], '{"type":"x"}'), 200],
    ['letters and emoji', json('{"type":"\u00fc\u{1f600}"}'), 200],
    ['escapes', json('{"type":"\\u00fc\\ud83d\\ude00"}'), 200],
    ['an escaped surrogate', json('{"type":"\\ud83d"}'), 200],
    ['spaces and line ends', json(' {\r\n\t"type" : "x" }\n'), 200],
    ['the original digits of a number', json('{"amount":1.50}'), 200],
    ['a duplicate name', json('{"a":1,"a":2}'), 200],
    ['letters of another encoding', json('{"type":"', [0xfc], '"}'), 400],
    ['the bytes of another file', json([0x89, 0x50]), 400],
  ])('signs JSON with %s as it is sent', async (_, body, status) => {
    expect([
      await put(kind, '/json', 'application/json', body),
      await put(kind, '/json', 'application/json', body, json(body.toString('latin1'), ' ')),
    ]).toEqual([statusOf(body, status), 401]);
  });
});

test.each<readonly [string, string, unknown, string, boolean]>([
  ['JSON', 'putJson', { note: '\u00fc\u{1f600}' }, '{"note":"\u00fc\u{1f600}"}', true],
  ['an unpaired surrogate', 'putJson', { note: '\ud83d' }, '{"note":"\\ud83d"}', true],
  ['text', 'putText', 'a\r\n\u00fc', 'a\r\n\u00fc', true],
  ['the bytes of a text', 'putFile', bytes(0xef, 0xbb, 0xbf, 0xc3, 0xa9), '\ufeff\u00e9', true],
  ['other bytes', 'putFile', bytes(0x89, 0x50), '', false],
])('a client signs bodyText: %s', async (_, name, body, want, isSent) => {
  const received: { readonly text: string; readonly isRight: boolean }[] = [];
  const server = createHttpServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const all = Buffer.concat(chunks);
    const { 'x-time': time, 'x-sign': sign } = request.headers;
    const isRight = createHmac('sha256', 's').update(`${time}.`).update(all).digest('hex') === sign;
    received.push({ text: all.toString(), isRight });
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = createClient<Record<string, Call<{ readonly body: unknown }, unknown>>>(
    { ...describedBy(SIGNER), signers: { signed: textSigner }, features: [signing, bodies] },
    { baseUrl, credentials: { secret: 's' } },
  );
  const { error } = (await client[name]?.({ body })) ?? {};
  server.close();
  expect(received).toEqual(isSent ? [{ text: want, isRight: true }] : []);
  if (!isSent) expect(error?.message).toContain('the signer signed failed: TypeError');
});
