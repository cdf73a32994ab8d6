import { expect } from 'vitest';
import { type AnyClient, type Row, testRows } from './table.ts';

const row = { type: 'object', required: ['n'], properties: { n: { type: 'integer' } } };
const file = { type: 'string', format: 'binary' };
const reading = (mediaType: string, media: object) => ({
  paths: {
    '/items': {
      get: {
        operationId: 'read',
        summary: 'Read',
        responses: { 200: { description: 'ok', content: { [mediaType]: media } } },
      },
    },
  },
});
const sending = (mediaType: string, media: object) => ({
  paths: {
    '/items': {
      post: {
        operationId: 'send',
        summary: 'Send',
        requestBody: { required: true, content: { [mediaType]: media } },
        responses: {
          200: {
            description: 'ok',
            content: { 'application/json': { schema: { type: 'array', items: {} }, example: [] } },
          },
        },
      },
    },
  },
});

/** Files in a comparable form. */
async function plain(value: unknown): Promise<unknown> {
  if (value instanceof Blob) return { type: value.type, text: await value.text() };
  return Array.isArray(value) ? Promise.all(value.map(plain)) : value;
}
/** The items of a list or a stream, and the kind of the error that ends it. */
async function listOf(values: unknown): Promise<unknown> {
  const found: unknown[] = [];
  try {
    for await (const item of values as AsyncIterable<unknown>) found.push(await plain(item));
  } catch (error) {
    found.push((error as { kind?: string }).kind);
  }
  return found;
}
async function readAll(client: AnyClient) {
  const { data, error } = (await client.read?.({}, { validation: { responses: 'throw' } })) ?? {};
  return data ? listOf(data) : (error as { kind?: string } | undefined)?.kind;
}
async function* items(...given: readonly unknown[]) {
  yield* given;
}
async function collect({ body }: { body: AsyncIterable<unknown> | readonly unknown[] }) {
  const found: unknown[] = [];
  for await (const item of body) found.push(await plain(item));
  return { data: found };
}
const first = Promise.withResolvers<void>();
async function* waiting() {
  yield { n: 1 };
  await first.promise;
  yield { n: 2 };
}

/** A response as its bytes. */
const raw = (body: string, boundary = 'b') => ({
  status: 200,
  headers: { 'content-type': `multipart/mixed; boundary=${boundary}` },
  body,
});

const sent = (
  name: string,
  media: object,
  {
    given,
    wrong,
    want = given,
    mediaType = 'multipart/mixed',
  }: { given: readonly unknown[]; wrong: readonly unknown[]; want?: readonly unknown[]; mediaType?: string },
  use: string,
): Row => ({
  section: 'encoding-by-position',
  name,
  document: sending(mediaType, media),
  use,
  handlers: { send: collect },
  call: async (client) => {
    const kindOf = (outcome: { error?: unknown } | undefined) =>
      (outcome?.error as { kind?: string } | undefined)?.kind;
    const list = await client.send?.({ body: given });
    const refused = await client.send?.({ body: wrong });
    const unchecked = await client.send?.({ body: wrong }, { validation: { input: 'off' } });
    return [list?.data ?? list?.error, kindOf(refused), kindOf(unchecked)];
  },
  want: [want, 'validation', 'api'],
  mocked: [[], 'validation', 'api'],
});

testRows([
  {
    section: 'sequential-multipart-media-types',
    name: 'a stream of JSON parts',
    document: reading('multipart/mixed', { itemSchema: row, itemEncoding: { contentType: 'application/json' } }),
    use: `const { data } = await client.read();
const numbers: number[] = [];
if (data) for await (const { n } of data) numbers.push(n);
return numbers;`,
    handlers: { read: () => ({ data: items({ n: 1 }, { n: 2 }) }) },
    call: readAll,
    want: [{ n: 1 }, { n: 2 }],
    mocked: [{ n: 1 }],
    after: reading('multipart/mixed', {
      itemSchema: { ...row, properties: { n: { type: 'string' } } },
      itemEncoding: { contentType: 'application/vnd.x+json' },
    }),
    diff: [
      'major: response 200: the parts of `multipart/mixed` are serialized differently',
      'major: response 200: `n` was integer and is string',
    ],
  },
  {
    section: 'sequential-multipart-media-types',
    name: 'an invalid part ends the stream',
    document: reading('multipart/mixed', { itemSchema: row }),
    use: 'return client.read();',
    handlers: {
      read: () =>
        raw(
          '--b\r\nContent-Type: application/json\r\n\r\n{"n":1}\r\n--b\r\nContent-Type: application/json\r\n\r\n{"n":"x"}\r\n--b--\r\n',
        ),
    },
    call: readAll,
    want: [{ n: 1 }, 'validation'],
    mocked: [{ n: 1 }],
    after: reading('multipart/mixed', { schema: { type: 'array', items: row } }),
    diff: ['major: response 200: the parts of `multipart/mixed` have positions, before a stream'],
  },
  {
    section: 'sequential-multipart-media-types',
    name: 'a stream without its last boundary',
    document: reading('multipart/mixed', { itemSchema: row }),
    use: 'return client.read();',
    handlers: { read: () => raw('--b\r\nContent-Type: application/json\r\n\r\n{"n":1}\r\n--b\r\n') },
    call: readAll,
    want: [{ n: 1 }, 'unexpected-answer'],
    mocked: [{ n: 1 }],
  },
  {
    section: 'sequential-multipart-media-types',
    name: 'a part arrives before the next one is sent',
    document: reading('multipart/mixed', { itemSchema: row }),
    use: 'return client.read();',
    handlers: { read: () => ({ data: waiting() }) },
    call: async (client) => {
      const { data } = (await client.read?.()) ?? {};
      const found: unknown[] = [];
      for await (const item of data as AsyncIterable<unknown>) {
        found.push(item);
        first.resolve();
      }
      return found;
    },
    want: [{ n: 1 }, { n: 2 }],
    mocked: [{ n: 1 }],
  },
  {
    section: 'sequential-multipart-media-types',
    name: 'a stream of files',
    document: reading('multipart/mixed', { itemSchema: file, itemEncoding: { contentType: 'image/png' } }),
    use: `const { data } = await client.read();
if (data) for await (const image of data) return (image satisfies Blob).size;
return 0;`,
    handlers: { read: () => ({ data: items(new Blob(['a']), new Blob(['b'], { type: 'image/gif' })) }) },
    call: readAll,
    want: [
      { type: 'image/png', text: 'a' },
      { type: 'image/gif', text: 'b' },
    ],
    mocked: [{ type: 'image/png', text: expect.any(String) }],
  },
  {
    section: 'encoding-by-position',
    name: 'a list of two parts, and further parts of one type',
    document: reading('multipart/mixed', {
      schema: { type: 'array', prefixItems: [row, { type: 'integer' }], items: file, minItems: 2 },
      prefixEncoding: [{ contentType: 'application/json', headers: { 'X-Kind': { schema: { const: 'meta' } } } }, {}],
      itemEncoding: { contentType: 'application/zip' },
    }),
    use: `const { data } = await client.read();
return data && [data[0].n satisfies number, data[1] satisfies number, data[2]?.size satisfies number | undefined];`,
    handlers: { read: () => ({ data: [{ n: 1 }, 7, new Blob(['zip'])] }) },
    call: readAll,
    want: [{ n: 1 }, 7, { type: 'application/zip', text: 'zip' }],
    mocked: expect.arrayContaining([{ n: 1 }]),
    after: reading('multipart/mixed', {
      schema: { type: 'array', prefixItems: [row, { type: 'integer' }], items: file, minItems: 2 },
      prefixEncoding: [{ contentType: 'application/json', headers: { 'X-Kind': { schema: { const: 'head' } } } }, {}],
      itemEncoding: { contentType: 'application/gzip' },
    }),
    diff: [
      'major: response 200: the part 0 of `multipart/mixed` is serialized differently',
      'major: response 200: the parts of `multipart/mixed` are serialized differently',
    ],
  },
  {
    section: 'encoding-by-position',
    name: 'a list with an invalid part',
    document: reading('multipart/mixed', { schema: { type: 'array', items: row } }),
    use: 'return client.read();',
    handlers: { read: () => raw('--b\r\nContent-Type: application/json\r\n\r\n{"n":"x"}\r\n--b--\r\n') },
    call: readAll,
    want: 'validation',
    mocked: expect.arrayContaining([{ n: 1 }]),
  },
  sent(
    'requests of a stream of JSON',
    { itemSchema: row, itemEncoding: { contentType: 'application/json' } },
    { given: [{ n: 1 }, { n: 2 }], wrong: [{ n: 1 }, { n: 'x' }] },
    `async function* rows() { yield { n: 1 }; }
await client.send({ body: [{ n: 1 }] });
return client.send({ body: rows() });`,
  ),
  sent(
    'requests of a list, with a nested list',
    {
      schema: {
        type: 'array',
        prefixItems: [row, { type: 'array', prefixItems: [{ type: 'string' }, { type: 'boolean' }] }],
      },
      prefixEncoding: [
        { contentType: 'application/json' },
        { contentType: 'multipart/alternative', prefixEncoding: [{ contentType: 'text/html' }, {}] },
      ],
    },
    { given: [{ n: 1 }, ['<p>', true]], wrong: [{ n: 1 }, ['<p>', 7]] },
    "return client.send({ body: [{ n: 1 }, ['<p>', true]] });",
  ),
  sent(
    'requests of a form by position',
    {
      schema: { type: 'array', prefixItems: [{ type: 'integer' }, { type: 'string' }] },
      prefixEncoding: [
        { headers: { 'Content-Disposition': { schema: { const: 'form-data; name="count"' } } } },
        { headers: { 'Content-Disposition': { schema: { const: 'form-data; name="word"' } } } },
      ],
    },
    { given: [3, 'a'], wrong: ['x', 'a'], mediaType: 'multipart/form-data' },
    "return client.send({ body: [3, 'a'] });",
  ),
]);
