import { expect } from 'vitest';
import { type AnyClient, type Row, testRows } from './table.ts';

const ok = (content: object) => ({ 200: { description: 'ok', content } });
const reading = (content: object, components: object = {}) => ({
  paths: { '/items': { get: { operationId: 'read', summary: 'Read', responses: ok(content) } } },
  ...components,
});
const sending = (content: object) => ({
  paths: {
    '/items': {
      post: {
        operationId: 'send',
        summary: 'Send',
        requestBody: { required: true, content },
        responses: ok({ 'application/json': { schema: { type: 'array', items: {} }, example: [] } }),
      },
    },
  },
});
const row = { type: 'object', required: ['n'], properties: { n: { type: 'integer' } } };
const generic = {
  type: 'object',
  required: ['data'],
  properties: {
    data: { type: 'string' },
    event: { type: 'string' },
    id: { type: 'string' },
    retry: { type: 'integer', minimum: 0 },
  },
};
/** The event of the standard's example: text, formatted text, or JSON. Redocly's rule for alternatives needs `required` in each. */
const mixed = {
  $ref: '#/components/schemas/Event',
  required: ['event'],
  oneOf: [
    { required: ['event'], properties: { event: { const: 'addString' } } },
    { required: ['event'], properties: { event: { const: 'addInt64' }, data: { format: 'int64' } } },
    {
      required: ['event'],
      properties: {
        event: { const: 'addJson' },
        data: {
          contentMediaType: 'application/json',
          contentSchema: { type: 'object', required: ['foo'], properties: { foo: { type: 'integer' } } },
        },
      },
    },
  ],
};
const jsonData = (schema: object) => ({
  type: 'object',
  required: ['data'],
  properties: { data: { type: 'string', contentMediaType: 'application/json', contentSchema: schema } },
});

/** The items of a stream, and the kind of the error that ends it. */
async function listOf(items: unknown): Promise<unknown> {
  const found: unknown[] = [];
  try {
    for await (const item of items as AsyncIterable<unknown>) found.push(item);
  } catch (error) {
    found.push((error as { kind?: string }).kind);
  }
  return found;
}
const readAll = async (client: AnyClient) =>
  listOf((await client.read?.({}, { validation: { responses: 'throw' } }))?.data);
async function collect({ body }: { body: AsyncIterable<unknown> }) {
  const items: unknown[] = [];
  for await (const item of body) items.push(item);
  return { data: items };
}
async function* items(...given: readonly unknown[]) {
  yield* given;
}

const typedRow = `const { data } = await client.read();
const numbers: number[] = [];
if (data) for await (const { n } of data) numbers.push(n);
return numbers;`;
const jsonLines = (mediaType: string, media: object, name = mediaType): Row => ({
  section: 'streaming-sequential-media-types',
  name: `responses of ${name}`,
  document: reading({ [mediaType]: media }),
  use: typedRow,
  handlers: { read: () => ({ data: items({ n: 1 }, { n: 2 }) }) },
  call: readAll,
  want: [{ n: 1 }, { n: 2 }],
  mocked: [{ n: 1 }],
  after: reading({ [mediaType]: { itemSchema: { ...row, properties: { n: { type: 'string' } } } } }),
  diff: ['major: response 200: `n` was integer and is string'],
});

const sent = (mediaType: string, itemSchema: object, given: readonly unknown[], wrong: unknown): Row => ({
  section: 'streaming-sequential-media-types',
  name: `requests of ${mediaType}`,
  document: sending({ [mediaType]: { itemSchema } }),
  use: `async function* rows() { yield ${JSON.stringify(given[0])}; }
await client.send({ body: ${JSON.stringify(given)} });
return client.send({ body: rows() });`,
  handlers: { send: collect },
  call: async (client) => {
    const list = await client.send?.({ body: given });
    const stream = await client.send?.({ body: items(...given) });
    const refused = await client.send?.({ body: [...given, wrong] });
    const unchecked = await client.send?.({ body: [...given, wrong] }, { validation: { input: 'off' } });
    const kindOf = (outcome: { error?: unknown } | undefined) =>
      (outcome?.error as { kind?: string } | undefined)?.kind;
    return [list?.data, stream?.data, kindOf(refused), kindOf(unchecked)];
  },
  want: [given, given, 'validation', 'api'],
  mocked: [[], [], 'validation', 'api'],
});

testRows([
  ...['application/jsonl', 'application/x-ndjson', 'application/json-seq', 'application/geo+json-seq'].map(
    (mediaType) => jsonLines(mediaType, { itemSchema: row }),
  ),
  jsonLines('application/jsonl', { schema: { type: 'array', items: row } }, 'application/jsonl as a list'),
  {
    section: 'streaming-sequential-media-types',
    name: 'an invalid row ends the stream',
    document: reading({ 'application/jsonl': { itemSchema: row } }),
    use: typedRow,
    handlers: { read: () => ({ status: 200, body: '{"n":1}\n{"n":"two"}\n' }) },
    call: readAll,
    want: [{ n: 1 }, 'validation'],
    mocked: [{ n: 1 }],
  },
  {
    section: 'special-considerations-for-server-sent-events',
    name: 'the generic event',
    document: reading({ 'text/event-stream': { itemSchema: generic } }),
    use: `const { data } = await client.read();
if (data) for await (const event of data) {
  const text: string = event.data;
  const retry: number | undefined = event.retry;
  return [text, retry];
}
return [];`,
    handlers: {
      read: () => ({ data: items({ data: 'a\nb', event: 'x', id: '7' }, { data: '{"n":1}' }, { data: '', retry: 5 }) }),
    },
    call: readAll,
    want: [{ data: 'a\nb', event: 'x', id: '7' }, { data: '{"n":1}' }, { data: '', retry: 5 }],
    mocked: [expect.objectContaining({ data: expect.any(String) })],
  },
  {
    section: 'special-considerations-for-server-sent-events',
    name: 'JSON data with contentSchema is typed, parsed and validated',
    document: reading({ 'text/event-stream': { itemSchema: jsonData({ ...row, required: ['n'] }) } }),
    use: `const { data } = await client.read();
if (data) for await (const event of data) {
  const n: number = event.data.n;
  return n;
}
return 0;`,
    handlers: { read: () => ({ data: items({ data: { n: 1 } }, { data: { n: 2 } }) }) },
    call: readAll,
    want: [{ data: { n: 1 } }, { data: { n: 2 } }],
    mocked: [{ data: { n: 1 } }],
    after: reading({ 'text/event-stream': { itemSchema: generic } }),
    diff: [
      'major: response 200: events of `text/event-stream` have data of text, before data of JSON',
      'major: response 200: `data` was object and is string',
      'major: response 200: `data.n` was removed',
      'minor: response 200: `event` is new and optional',
      'minor: response 200: `id` is new and optional',
      'minor: response 200: `retry` is new and optional',
    ],
  },
  {
    section: 'special-considerations-for-server-sent-events',
    name: 'id and retry, which a schema need not declare',
    document: reading({ 'text/event-stream': { itemSchema: jsonData(row) } }),
    use: 'return client.read();',
    handlers: { read: () => ({ data: items({ data: { n: 1 }, id: '7', retry: 5, other: 1 }) }) },
    call: readAll,
    want: [{ data: { n: 1 }, id: '7', retry: 5 }],
    mocked: [{ data: { n: 1 } }],
  },
  {
    section: 'special-considerations-for-server-sent-events',
    name: 'invalid JSON data ends the stream',
    document: reading({ 'text/event-stream': { itemSchema: jsonData(row) } }),
    use: 'return client.read();',
    handlers: { read: () => ({ status: 200, body: 'data: {"n":1}\n\n: a comment\nother: x\ndata: {"n":"two"}\n\n' }) },
    call: readAll,
    want: [{ data: { n: 1 } }, 'validation'],
    mocked: [{ data: { n: 1 } }],
  },
  {
    section: 'server-sent-event-streams',
    name: 'text and JSON in one stream',
    document: reading({ 'text/event-stream': { itemSchema: mixed } }, { components: { schemas: { Event: generic } } }),
    use: `const { data } = await client.read();
if (data) for await (const event of data) {
  if (event.event === 'addJson') return event.data.foo satisfies number;
  if (event.event === 'addString') return event.data satisfies string;
}
return 0;`,
    handlers: {
      read: () => ({
        data: items(
          { event: 'addString', data: 'two\nlines', retry: 5 },
          { event: 'addString', data: '{"foo":1}' },
          { event: 'addInt64', data: '1234' },
          { event: 'addJson', data: { foo: 42 } },
        ),
      }),
    },
    call: readAll,
    want: [
      { event: 'addString', data: 'two\nlines', retry: 5 },
      { event: 'addString', data: '{"foo":1}' },
      { event: 'addInt64', data: '1234' },
      { event: 'addJson', data: { foo: 42 } },
    ],
    mocked: [expect.objectContaining({ event: expect.any(String) })],
  },
  sent('application/jsonl', row, [{ n: 1 }, { n: 2 }], { n: 'x' }),
  sent('application/json-seq', row, [{ n: 1 }, { n: 2 }], { n: 'x' }),
  sent(
    'text/event-stream',
    { ...generic, properties: { ...generic.properties, data: { type: 'string', maxLength: 3 } } },
    [{ data: 'a' }, { data: 'b', event: 'e' }],
    { data: 'long' },
  ),
  sent('text/event-stream', jsonData(row), [{ data: { n: 1 } }], { data: { n: 'x' } }),
]);
