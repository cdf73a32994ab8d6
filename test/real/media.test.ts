import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Server } from '@countersign/runtime/server';
import { type Listening, listen } from '@countersign/runtime/server/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { generate } from '../../scripts/generate/index.ts';
import { MEDIA_DOCUMENT } from './media-document.ts';

type Used = {
  readonly server: Server;
  readonly seen: { readonly form?: unknown; readonly xml?: unknown; readonly wire?: string };
  readonly callsOf: (baseUrl: string) => Readonly<Record<string, (body?: unknown) => Promise<unknown>>>;
};

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'countersign-media-'));
let listening: Listening;
let used: Used;
let calls: ReturnType<Used['callsOf']>;

beforeAll(async () => {
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  mkdirSync(join(folder, 'specs/media'), { recursive: true });
  writeFileSync(join(folder, 'specs/media/openapi.json'), JSON.stringify(MEDIA_DOCUMENT));
  cpSync(join(root, 'test/fixtures/media/use.ts'), join(folder, 'use.ts'));
  const workspace = openWorkspace(folder, { providers: { media: { lint: 'essential' } } });
  await generate({ ...workspace, cache: join(folder, 'cache') });
  used = await import(pathToFileURL(join(folder, 'use.ts')).href);
  listening = await listen(used.server);
  calls = used.callsOf(listening.url);
});
afterAll(async () => {
  await listening?.close();
  rmSync(folder, { recursive: true, force: true });
});

const call = (name: string, body?: unknown): Promise<unknown> =>
  calls[name]?.(body) ?? Promise.reject(new Error(`no ${name}`));

it('types bodies as declared: handlers and calls compile', () => {
  const config = { extends: join(root, 'tsconfig.json'), include: ['use.ts'], exclude: [] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  const tsc = spawnSync(process.execPath, [join(root, 'node_modules/typescript-7/bin/tsc'), '-p', folder]);
  expect(String(tsc.stdout)).toBe('');
  expect(tsc.status).toBe(0);
});

describe('a generated client and a generated server, over HTTP', () => {
  it('uploads bytes', async () => {
    expect(await call('upload', new Uint8Array(100_000))).toEqual({ size: 100_000 });
    expect(await call('upload', new Blob(['abc']))).toEqual({ size: 3 });
  });

  it('downloads a file', async () => {
    expect(await call('download')).toEqual({ type: 'image/png', bytes: [137, 80, 78, 71] });
  });

  it.each([[{ name: 'Ąż & =', age: 7, vip: true, tags: ['a', 'b'] }], [{ name: '12', age: -1, tags: ['1'] }]])(
    'sends a form whose properties keep their types: %j',
    async (body) => {
      expect(await call('sendForm', body)).toEqual(body);
      expect(used.seen.form).toEqual(body);
    },
  );

  it('sends multipart data with a file', async () => {
    const picture = new File(['PNG'], 'a.png', { type: 'image/png' });
    expect(await call('sendParts', picture)).toEqual({ age: 3, tags: ['only'], picture: 'PNG' });
  });

  it('sends text', async () => {
    expect(await call('sendText', 'é\n😀')).toBe('é\n😀!');
  });

  const png = new Blob(['PNG'], { type: 'image/png' });
  const bytes = new Uint8Array([65, 66]);
  const pdf = { type: 'application/pdf', text: 'AB' };
  it.each<[why: string, name: string, body: unknown, want: unknown]>([
    ['a response within a range', 'getImage', undefined, { type: 'image/png', text: 'PNG' }],
    ['a file within a range', 'putImage', png, 'image/png PNG'],
    ['bytes with a given media type', 'putNamedImage', bytes, 'image/gif AB'],
    ['JSON within any range', 'getAnything', undefined, { a: 1 }],
    ['an empty text, with media type parameters', 'getNote', undefined, ''],
    ['an empty text', 'putNote', '', 'note: '],
    ['an empty file', 'getBlank', undefined, { type: 'application/octet-stream', text: '' }],
    ['an empty upload', 'upload', new Uint8Array(0), { size: 0 }],
    ['an empty form', 'putBlank', { tags: [] }, { tags: [] }],
    ['a form with an optional empty list', 'putBlank', { tags: ['a'], more: [] }, { tags: ['a'] }],
    ['a stream', 'uploadStream', 'abc', { size: 3 }],
    ['JSON, the first of the declared types', 'sendJson', undefined, { type: 'application/json' }],
    ['a file among the properties', 'sendFile', new File(['F'], 'f'), { type: 'multipart/form-data', file: 'F' }],
    ['FormData', 'sendFormData', new File(['F'], 'f'), { type: 'multipart/form-data', file: 'F' }],
    ['URLSearchParams', 'sendPairs', undefined, { type: 'application/x-www-form-urlencoded' }],
    ['a given media type', 'sendNamed', undefined, { type: 'application/x-www-form-urlencoded' }],
    [
      'parts with the declared types, or their own',
      'sendTypedParts',
      [new Uint8Array([1]), new File(['F'], 'f'), new Blob(['G'], { type: 'image/gif' }), new Blob(['S']).stream()],
      ['image/png', 'image/png', 'image/gif', 'image/png', 'application/ld+json', '{"a":1}'],
    ],
    ['XML with a schema', 'sendXml', { a: 'x' }, { a: 'X' }],
    ['XML as text', 'sendXml', '<root><a>x</a></root>', { a: 'X' }],
    ['XML as bytes', 'sendXml', new TextEncoder().encode('<root><a>x</a></root>'), { a: 'X' }],
    ['XML that a handler returns as text', 'getXml', undefined, { a: 'x' }],
    ['markup that is not XML', 'sendYaml', 'a: x', 'A: X'],
    ['a GET without its declared body', 'search', undefined, {}],
    ['text as a file', 'sendPdf', 'AB', pdf],
    ['bytes as a file', 'sendPdfBytes', bytes, pdf],
    [
      'a form as a response',
      'getForm',
      undefined,
      { type: 'application/x-www-form-urlencoded', text: 'name=x&age=1&tags=a&tags=b' },
    ],
    ['a status without a body in a range with one', 'getDone', undefined, 204],
  ])('sends and receives %s', async (_, name, body, want) => {
    expect(await call(name, body)).toEqual(want);
  });

  it('sends an object as the XML of the contract, and returns it as an object', async () => {
    await call('sendXml', { a: '<é> & "' });
    const written = '<?xml version="1.0" encoding="UTF-8"?>\n<root><a>&lt;é&gt; &amp; &quot;</a></root>';
    expect([used.seen.wire, used.seen.xml]).toEqual([written, { a: '<é> & "' }]);
  });

  it('rejects XML with another root element than the contract', async () => {
    await expect(call('sendXml', '<a>x</a>')).rejects.toMatchObject({ kind: 'api', status: 400 });
  });

  it.each<[name: string, body: unknown, pointer: string, message: string]>([
    ['putBytesAsImage', bytes, '/contentType', 'image/* requires a media type, or a Blob with a type'],
    ['sendIncomplete', undefined, '/body/file', 'Invalid input: expected a file'],
    ['sendUndeclared', undefined, '/contentType', 'expected one of application/json, multipart/form-data'],
    ['sendFileAsJson', new File(['F'], 'f'), '/body', 'cannot be sent as application/json: expected a JSON value'],
    ['sendXml', { a: '\0' }, '', 'a string contains a character that XML does not allow'],
    ['sendXmlOfNumber', undefined, '/body/a', 'Invalid input: expected string'],
    ['sendXmlForm', undefined, '/body', 'cannot be sent as application/xml: expected text or bytes'],
    ['sendYamlObject', undefined, '/body', 'cannot be sent as application/yaml: expected text or bytes'],
    ['searchWithBody', undefined, '/body', 'fetch cannot send a body with GET'],
  ])('rejects before anything is sent: %s', async (name, body, pointer, message) => {
    await expect(call(name, body)).rejects.toMatchObject({
      kind: 'validation',
      of: 'input',
      attempts: 0,
      issues: [{ pointer, message: expect.stringContaining(message) }],
    });
  });

  it('streams events and lines', async () => {
    expect(await call('listEvents')).toEqual(
      [1, 2, 3].map((n) => ({ event: 'message', data: `{"n":${n}}`, id: undefined })),
    );
    expect(await call('listLines')).toEqual([1, 2, 3]);
  });
});
