import { execFile } from 'node:child_process';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import express from 'express';
import formidable from 'formidable';
import multer from 'multer';
import { afterAll, describe, expect, test } from 'vitest';
import { part } from '../../../runtime/client/index.ts';
import { isInstalled } from '../../run/installed.ts';
import { packageOf, removePackages, taking } from './packages.ts';

const text = { type: 'string' };
const binary = { type: 'string', format: 'binary' };
const object = { type: 'object', properties: { id: { type: 'integer' } } };
const schema = {
  type: 'object',
  properties: {
    doc: binary,
    docs: { type: 'array', items: binary },
    meta: object,
    metas: { type: 'array', items: object },
    name: text,
    count: { type: 'integer' },
    flag: { type: 'boolean' },
    tags: { type: 'array', items: text },
    svg: text,
    note: text,
    ids: { type: 'array', items: { type: 'integer' } },
    commas: { type: 'array', items: text },
    deep: object,
    fixed: text,
    image: binary,
    raw: { type: 'string', contentMediaType: 'application/octet-stream' },
  },
};
const encoding = {
  svg: { contentType: 'image/svg+xml' },
  note: { contentType: 'application/json' },
  ids: { contentType: 'application/json' },
  commas: { style: 'form', explode: false },
  deep: { style: 'deepObject' },
  fixed: { headers: { 'X-Part': { schema: { type: 'string', const: 'v1' } } } },
  image: { contentType: 'image/png' },
};
const PARTS = 'multipart/form-data';
const media = await packageOf({
  '/up': taking('up', { [PARTS]: { schema, encoding } }),
  '/related': taking('related', {
    'multipart/related': { schema: { type: 'object', properties: { meta: object, doc: binary } } },
  }),
  '/mixed': taking('mixed', { 'multipart/mixed': { schema: { type: 'array', items: {} } } }),
});
afterAll(removePackages);

const file = (content: string, name: string, type = '') => new File([content], name, { type });

/** A body with its boundary named B and its lines as a list. */
function linesOf({
  headers,
  body,
}: {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}): readonly string[] {
  const boundary = /boundary=(\S+)/.exec(headers['content-type'] ?? '')?.[1] ?? '?';
  return body.replaceAll(boundary, 'B').split('\r\n');
}
const only = (...lines: readonly string[]) => ['--B', ...lines, '--B--', ''];
const field = (name: string) => `Content-Disposition: form-data; name="${name}"`;

/** [description, the value of a body, its lines] */
const rows: readonly (readonly [name: string, body: object, lines: readonly string[]])[] = [
  ['text', { name: 'é' }, only(field('name'), '', 'é')],
  ['a number', { count: 5 }, only(field('count'), '', '5')],
  ['a boolean', { flag: false }, only(field('flag'), '', 'false')],
  ['an object', { meta: { id: 1 } }, only(field('meta'), 'Content-Type: application/json', '', '{"id":1}')],
  [
    'a list of objects',
    { metas: [{ id: 1 }, { id: 2 }] },
    [
      '--B',
      field('metas'),
      'Content-Type: application/json',
      '',
      '{"id":1}',
      ...only(field('metas'), 'Content-Type: application/json', '', '{"id":2}'),
    ],
  ],
  ['a list of text', { tags: ['a', 'b'] }, ['--B', field('tags'), '', 'a', ...only(field('tags'), '', 'b')]],
  ['text of a media type', { svg: '<svg/>' }, only(field('svg'), 'Content-Type: image/svg+xml', '', '<svg/>')],
  ['text as JSON', { note: 'hi' }, only(field('note'), 'Content-Type: application/json', '', '"hi"')],
  ['a list as JSON', { ids: [1, 2] }, only(field('ids'), 'Content-Type: application/json', '', '[1,2]')],
  ['a list separated by commas', { commas: ['a', 'b'] }, only(field('commas'), '', 'a,b')],
  ['deepObject', { deep: { id: 7 } }, only(field('deep[id]'), '', '7')],
  ['a header that the contract fixes', { fixed: 'x' }, only(field('fixed'), 'X-Part: v1', '', 'x')],
  [
    'a file',
    { doc: file('x', 'a.txt', 'text/plain') },
    only(`${field('doc')}; filename="a.txt"`, 'Content-Type: text/plain', '', 'x'),
  ],
  [
    'a file declared with JSON Schema keywords',
    { raw: file('x', 'a.bin') },
    only(`${field('raw')}; filename="a.bin"`, 'Content-Type: application/octet-stream', '', 'x'),
  ],
  [
    'a file with quotes and line ends in its name',
    { doc: file('x', 'a"b\r\n.txt', 'text/plain') },
    only(`${field('doc')}; filename="a%22b%0D%0A.txt"`, 'Content-Type: text/plain', '', 'x'),
  ],
  [
    'bytes',
    { doc: new Uint8Array([65]) },
    only(`${field('doc')}; filename="blob"`, 'Content-Type: application/octet-stream', '', 'A'),
  ],
  [
    'bytes with a media type',
    { image: new Uint8Array([65]) },
    only(`${field('image')}; filename="blob"`, 'Content-Type: image/png', '', 'A'),
  ],
  [
    'a file whose own type takes precedence',
    { image: file('x', 'a.gif', 'image/gif') },
    only(`${field('image')}; filename="a.gif"`, 'Content-Type: image/gif', '', 'x'),
  ],
  [
    'a stream',
    { doc: new Blob(['streamed']).stream() },
    only(`${field('doc')}; filename="blob"`, 'Content-Type: application/octet-stream', '', 'streamed'),
  ],
  [
    'a part with headers from the caller',
    { doc: part(file('x', 'a'), { filename: 'ü.csv', contentType: 'text/csv', headers: { 'X-Row': '1' } }) },
    only(`${field('doc')}; filename="ü.csv"`, 'Content-Type: text/csv', 'X-Row: 1', '', 'x'),
  ],
  [
    'a part in a list',
    { tags: [part('a', { contentType: 'text/plain' })] },
    only(field('tags'), 'Content-Type: text/plain', '', 'a'),
  ],
];

describe('multipart/form-data', () => {
  test.each(rows)('%s', async (_, body, lines) => {
    expect(linesOf(await media.sent('up', { body }))).toEqual(lines);
  });

  test('a header value with a line break is rejected', async () => {
    const body = { name: part('x', { headers: { 'X-A': 'a\r\nb: c' } }) };
    await expect(media.sent('up', { body })).rejects.toThrow('X-A is not a valid header name for a part');
  });

  test('a FormData body is sent unchanged', async () => {
    const body = new FormData();
    body.append('name', 'a');
    body.append('doc', file('x', 'a.txt', 'text/plain'));
    expect(linesOf(await media.sent('up', { body }))).toEqual([
      '--B',
      field('name'),
      '',
      'a',
      ...only(`${field('doc')}; filename="a.txt"`, 'Content-Type: text/plain', '', 'x'),
    ]);
  });
});

const files = { doc: file('content', 'ü.txt', 'text/plain'), docs: [file('1', 'one.bin'), file('2', 'two.bin')] };
const values = {
  meta: { id: 1 },
  metas: [{ id: 2 }],
  name: 'é',
  count: 5,
  flag: true,
  tags: ['a'],
  note: 'hi',
  ids: [1, 2],
  commas: ['a', 'b'],
  deep: { id: 7 },
};

/** Files as their name, type and text. */
async function shown(value: unknown): Promise<unknown> {
  if (value instanceof File) return [value.name, value.type, await value.text()];
  if (Array.isArray(value)) return Promise.all(value.map(shown));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    await Promise.all(Object.entries(value).map(async ([name, member]) => [name, await shown(member)])),
  );
}

test('our server parses what our client sends', async () => {
  let read: unknown;
  const handler = async ({ body }: { readonly body: unknown }) => {
    read = await shown(body);
    return { status: 204 };
  };
  await media.serving({ up: handler }, async (url) => {
    const result = await media.client(url).up?.({ body: { ...values, ...files } });
    expect(result?.error?.message).toBeUndefined();
  });
  expect(read).toEqual({
    ...values,
    doc: ['ü.txt', 'text/plain', 'content'],
    docs: [
      ['one.bin', 'application/octet-stream', '1'],
      ['two.bin', 'application/octet-stream', '2'],
    ],
  });
});

describe('other parsers parse what our client sends', () => {
  async function peer(read: (request: IncomingMessage) => Promise<unknown>): Promise<unknown> {
    let found: unknown;
    const server = createServer(async (request, response) => {
      found = await read(request).catch((error) => ({ error: String(error) }));
      response.writeHead(204).end();
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const result = await media.client(url).up?.({ body: { ...values, ...files } });
    server.close();
    expect(result?.error?.message).toBeUndefined();
    return found;
  }
  const fields = {
    meta: '{"id":1}',
    metas: '{"id":2}',
    name: 'é',
    count: '5',
    flag: 'true',
    tags: 'a',
    note: '"hi"',
    ids: '[1,2]',
    commas: 'a,b',
    'deep[id]': '7',
  };

  test('formidable', async () => {
    const found = await peer(async (request) => {
      const [read, uploads] = await formidable({}).parse(request);
      const names = Object.values(uploads)
        .flatMap((list) => list ?? [])
        .map((one) => [one.originalFilename, one.mimetype, one.size]);
      return { read: Object.fromEntries(Object.entries(read).map(([name, list]) => [name, list?.join()])), names };
    });
    expect(found).toEqual({
      // Formidable makes a file of unknown text: it recognises files by the media type.
      read: expect.objectContaining({ name: 'é', count: '5', flag: 'true', tags: 'a', commas: 'a,b', 'deep[id]': '7' }),
      names: expect.arrayContaining([
        ['ü.txt', 'text/plain', 7],
        ['one.bin', 'application/octet-stream', 1],
      ]),
    });
  });

  test('multer, which identifies files by their name', async () => {
    let read: unknown;
    const app = express();
    const upload = multer().fields([{ name: 'doc' }, { name: 'docs' }]);
    app.post('/up', upload, (request, response) => {
      const named = request.files as Record<string, Express.Multer.File[]>;
      const shownFiles = Object.values(named)
        .flat()
        .map((one) => [Buffer.from(one.originalname, 'latin1').toString(), one.mimetype, one.buffer.toString()]);
      read = { body: { ...request.body }, files: shownFiles };
      response.sendStatus(204);
    });
    const server = createServer(app).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const result = await media
      .client(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
      .up?.({ body: { ...values, ...files } });
    server.close();
    expect(result?.error?.message).toBeUndefined();
    const { 'deep[id]': _, ...rest } = fields;
    expect(read).toEqual({
      body: { ...rest, deep: { id: '7' } },
      files: [
        ['ü.txt', 'text/plain', 'content'],
        ['one.bin', 'application/octet-stream', '1'],
        ['two.bin', 'application/octet-stream', '2'],
      ],
    });
  });

  test('fetch in Node', async () => {
    const received = await media.sent('up', { body: { ...values, ...files } });
    const headers = { 'content-type': received.headers['content-type'] ?? '' };
    const form = await new Response(new Uint8Array(received.bytes), { headers }).formData();
    expect(Object.fromEntries([...form].filter(([, value]) => typeof value === 'string'))).toEqual(fields);
    expect(await shown(form.getAll('docs'))).toEqual([
      ['one.bin', 'application/octet-stream', '1'],
      ['two.bin', 'application/octet-stream', '2'],
    ]);
  });

  test.skipIf(!isInstalled('python3'))('Python', async () => {
    const received = await media.sent('up', { body: { ...values, ...files } });
    const program = `import email,sys,json
m=email.message_from_bytes(b'Content-Type: '+sys.argv[1].encode()+b'\\r\\n\\r\\n'+bytes.fromhex(sys.argv[2]))
print(json.dumps([[p.get_param('name',header='content-disposition'),p.get_content_type(),p.get_payload(decode=True).decode()] for p in m.get_payload()]))`;
    const { stdout } = await promisify(execFile)('python3', [
      '-c',
      program,
      received.headers['content-type'] ?? '',
      received.bytes.toString('hex'),
    ]);
    expect(JSON.parse(stdout)).toEqual(
      expect.arrayContaining([
        ['meta', 'application/json', '{"id":1}'],
        ['name', 'text/plain', 'é'],
        ['docs', 'application/octet-stream', '2'],
      ]),
    );
  });
});

describe('our server parses what other clients send', () => {
  const read = async (operation: string, path: string, init: RequestInit) =>
    shown(await media.read(operation, path, init));
  const raw = (lines: readonly string[], type = 'multipart/form-data; boundary=B'): RequestInit => ({
    method: 'POST',
    headers: { 'content-type': type },
    body: lines.join('\r\n'),
  });

  test('fetch in Node', async () => {
    const body = new FormData();
    body.append('name', 'a');
    body.append('meta', new Blob(['{"id":1}'], { type: 'application/json' }));
    body.append('doc', file('x', 'ü".txt', 'text/plain'));
    expect(await read('up', '/up', { method: 'POST', body })).toEqual({
      name: 'a',
      meta: { id: 1 },
      doc: ['ü".txt', 'text/plain', 'x'],
    });
  });

  test.skipIf(!isInstalled('curl'))('curl', async () => {
    let found: unknown;
    const handler = async ({ body }: { readonly body: unknown }) => {
      found = await shown(body);
      return { status: 204 };
    };
    await media.serving({ up: handler }, async (url) => {
      const parts = [
        '-F',
        'doc=@-;filename=a.txt;type=text/plain',
        '-F',
        'meta={"id":1};type=application/json',
        '-F',
        'count=5',
        '-F',
        'note="hi";type=application/json',
      ];
      const run = promisify(execFile)('curl', ['-sS', '-f', ...parts, `${url}/up`]);
      run.child.stdin?.end('from curl');
      await run;
    });
    expect(found).toEqual({ doc: ['a.txt', 'text/plain', 'from curl'], meta: { id: 1 }, count: 5, note: 'hi' });
  });

  const spelled: readonly (readonly [name: string, lines: readonly string[], want: unknown])[] = [
    ['a preamble and an epilogue', ['before', '--B', field('name'), '', 'a', '--B--', 'after'], { name: 'a' }],
    ['space after a boundary', ['--B \t', field('name'), '', 'a', '--B--'], { name: 'a' }],
    ['names without quotes', ['--B', 'content-disposition: form-data; name=name', '', 'a', '--B--'], { name: 'a' }],
    [
      'escaped quotes',
      ['--B', 'Content-Disposition: form-data; name="doc"; filename="a\\"b"', '', 'x', '--B--'],
      { doc: ['a"b', '', 'x'] },
    ],
    [
      'an extended file name',
      ['--B', `${field('doc')}; filename="_"; filename*=UTF-8''%C3%BC`, '', 'x', '--B--'],
      { doc: ['ü', '', 'x'] },
    ],
    [
      'a file without a name',
      ['--B', field('doc'), 'Content-Type: image/png', '', 'x', '--B--'],
      { doc: ['doc', 'image/png', 'x'] },
    ],
    [
      'text in another encoding',
      ['--B', field('name'), 'Content-Type: text/plain; charset=utf-16le', '', 'a\0b\0', '--B--'],
      { name: 'ab' },
    ],
    [
      'a list as one JSON part',
      ['--B', field('ids'), 'Content-Type: application/json', '', '[1,2]', '--B--'],
      { ids: [1, 2] },
    ],
    ['a list as parts', ['--B', field('ids'), '', '1', '--B', field('ids'), '', '2', '--B--'], { ids: [1, 2] }],
    [
      'JSON with a file name',
      ['--B', `${field('meta')}; filename="blob"`, 'Content-Type: application/json', '', '{"id":1}', '--B--'],
      { meta: { id: 1 } },
    ],
    ['a folded header', ['--B', 'Content-Disposition: form-data;', ' name="name"', '', 'a', '--B--'], { name: 'a' }],
    [
      'content that looks like a boundary',
      ['--B', field('name'), '', '--C\r\n-B\r\n--', '--B--'],
      { name: '--C\r\n-B\r\n--' },
    ],
    ['an empty part', ['--B', field('name'), '', '', '--B--'], { name: '' }],
    ['no parts', ['--B--'], {}],
  ];
  test.each(spelled)('%s', async (_, lines, want) => {
    expect(await read('up', '/up', raw(lines))).toEqual(want);
  });

  const broken: readonly (readonly [name: string, lines: readonly string[], type: string | undefined])[] = [
    ['Content-Type without a boundary', ['--B--'], 'multipart/form-data'],
    ['a truncated body', ['--B', field('name'), '', 'a'], undefined],
    ['headers that never end', ['--B', field('name')], undefined],
    ['a different boundary', ['--C', field('name'), '', 'a', '--C--'], undefined],
    ['a line that is not a header', ['--B', 'nonsense', '', 'a', '--B--'], undefined],
  ];
  test.each(broken)('rejects a malformed body: %s', async (_, lines, type) => {
    expect(await read('up', '/up', raw(lines, type))).toMatchObject({ status: 400 });
  });
});

describe('multipart/related and multipart/mixed', () => {
  test('related: the first part is the root', async () => {
    const received = await media.sent('related', { body: { meta: { id: 1 }, doc: file('x', 'a.txt', 'text/plain') } });
    expect(received.headers['content-type']).toMatch(/^multipart\/related; type="application\/json"; boundary=\S+$/);
    expect(linesOf(received)).toEqual([
      '--B',
      'Content-Disposition: attachment; name="meta"',
      'Content-Type: application/json',
      'Content-ID: <meta>',
      '',
      '{"id":1}',
      ...only(
        'Content-Disposition: attachment; name="doc"; filename="a.txt"',
        'Content-Type: text/plain',
        'Content-ID: <doc>',
        '',
        'x',
      ),
    ]);
  });

  test('mixed: a list of parts', async () => {
    const received = await media.sent('mixed', { body: [{ id: 1 }, 'text', file('x', 'a.txt', 'text/plain')] });
    expect(linesOf(received)).toEqual([
      '--B',
      'Content-Type: application/json',
      '',
      '{"id":1}',
      '--B',
      '',
      'text',
      ...only('Content-Disposition: attachment; filename="a.txt"', 'Content-Type: text/plain', '', 'x'),
    ]);
  });

  test('the server parses both, including parts without names', async () => {
    const type = 'multipart/related; type="application/json"; boundary=B';
    const lines = [
      '--B',
      'Content-Type: application/json',
      '',
      '{"id":1}',
      '--B',
      'Content-Type: image/png',
      '',
      'x',
      '--B--',
    ];
    const init = (contentType: string, body: readonly string[]) => ({
      method: 'POST',
      headers: { 'content-type': contentType },
      body: body.join('\r\n'),
    });
    expect(await shown(await media.read('related', '/related', init(type, lines)))).toEqual({
      meta: { id: 1 },
      doc: ['doc', 'image/png', 'x'],
    });
    const mixed = await media.read(
      'mixed',
      '/mixed',
      init('multipart/mixed; boundary=B', [
        '--B',
        'Content-Type: application/json',
        '',
        '{"id":1}',
        '--B',
        '',
        'text',
        '--B--',
      ]),
    );
    expect(mixed).toEqual([{ id: 1 }, 'text']);
  });
});
