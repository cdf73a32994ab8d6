import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { part } from '@countersign/runtime/bodies';
import type { RequestHandler } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { emitMsw } from '../../scripts/emit/msw/emit-msw.ts';
import { checkPackages } from '../emit/check-packages.ts';
import { loadPackage } from '../emit/load-package.ts';
import { acceptDocument, makeFiles } from '../hostile/pipeline.ts';
import { type AnyClient, whole } from './table.ts';

const row = { type: 'object', required: ['n'], properties: { n: { type: 'integer' } } };
const event = (data: object) => ({ itemSchema: { type: 'object', required: ['data'], properties: { data } } });
const json = { type: 'string', contentMediaType: 'application/json', contentSchema: row };
const file = { type: 'string', format: 'binary' };
/** By operation: [media type, Media Type Object, the items of a test, TypeScript of an override, the body, as a peer reads it]. */
const ROWS: {
  readonly [id: string]: readonly [string, object, readonly unknown[], string, string | RegExp];
} = {
  jsonl: ['application/jsonl', { itemSchema: row }, [{ n: 1 }, { n: 2 }], '[{ n: 1 }]', '{"n":1}\n{"n":2}\n'],
  ndjson: ['application/x-ndjson', { itemSchema: row }, [{ n: 1 }], '[{ n: 1 }]', '{"n":1}\n'],
  sequence: [
    'application/json-seq',
    { itemSchema: row },
    [{ n: 1 }, { n: 2 }],
    '[{ n: 1 }]',
    '\x1e{"n":1}\n\x1e{"n":2}\n',
  ],
  empty: ['application/jsonl', { itemSchema: row }, [], '[]', ''],
  lists: [
    'application/jsonl',
    { itemSchema: { type: 'array', items: { type: 'integer' } }, examples: { all: { dataValue: [[1, 2], [3]] } } },
    [[1, 2], [], [3]],
    '[[1], []]',
    '[1,2]\n[]\n[3]\n',
  ],
  one: [
    'application/jsonl',
    { itemSchema: { type: 'array', items: { type: 'integer' } }, examples: { one: { dataValue: [1, 2] } } },
    [[1, 2]],
    '[[1]]',
    '[1,2]\n',
  ],
  placed: [
    'multipart/mixed',
    {
      itemSchema: { type: 'array', items: { type: 'integer' } },
      itemEncoding: { contentType: 'application/json' },
      example: [[1, 2], [3]],
    },
    [[1, 2], [3]],
    '[[1]]',
    /^--(\S+)\r\nContent-Type: application\/json\r\n\r\n\[1,2\]\r\n/,
  ],
  xml: [
    'multipart/mixed',
    {
      itemSchema: { ...row, xml: { name: 'row' }, properties: { n: { type: 'integer', xml: { attribute: true } } } },
      itemEncoding: { contentType: 'application/xml' },
    },
    [{ n: 1 }],
    '[{ n: 1 }]',
    /^--(\S+)\r\nContent-Type: application\/xml\r\n\r\n(?:<\?xml[^>]*>\s*)?<row n="1"/,
  ],
  nested: [
    'multipart/mixed',
    {
      itemSchema: { type: 'object', required: ['n'], properties: { n: { type: 'integer' } } },
      itemEncoding: { contentType: 'multipart/form-data', encoding: {} },
    },
    [{ n: 1 }, { n: 2 }],
    '[{ n: 1 }]',
    /^--(\S+)\r\nContent-Type: multipart\/form-data; boundary=i\1\r\n\r\n--i\1\r\nContent-Disposition: form-data; name="n"\r\n\r\n1\r\n--i\1--/,
  ],
  events: [
    'text/event-stream',
    event({ type: 'string' }),
    [{ data: 'a\nb' }, { data: 'c' }],
    "[{ data: 'a' }]",
    'data: a\ndata: b\n\ndata: c\n\n',
  ],
  data: [
    'text/event-stream',
    event(json),
    [{ data: { n: 1 } }, { data: { n: 2 } }],
    '[{ data: { n: 1 } }]',
    'data: {"n":1}\n\ndata: {"n":2}\n\n',
  ],
  mixed: [
    'multipart/mixed',
    { itemSchema: row, itemEncoding: { contentType: 'application/json' } },
    [{ n: 1 }, { n: 2 }],
    '[{ n: 1 }]',
    /^--(\S+)\r\nContent-Type: application\/json\r\n\r\n\{"n":1\}\r\n--\1\r\nContent-Type: application\/json\r\n\r\n\{"n":2\}\r\n--\1--\r\n$/,
  ],
  related: [
    'multipart/related',
    {
      schema: { type: 'array', prefixItems: [row, { type: 'boolean' }], items: false, minItems: 2 },
      prefixEncoding: [{ contentType: 'application/json' }, {}],
    },
    [{ n: 1 }, true],
    '[{ n: 1 }, true]',
    /^--(\S+)\r\nContent-Type: application\/json\r\n\r\n\{"n":1\}\r\n--\1\r\n\r\ntrue\r\n--\1--\r\n$/,
  ],
  files: [
    'multipart/mixed',
    { itemSchema: file, itemEncoding: { contentType: 'image/png' } },
    [new Blob(['a']), part(new Blob(['b']), { contentType: 'image/gif' })],
    "[new Blob(['a'])]",
    /^--(\S+)\r\nContent-Type: image\/png\r\n\r\na\r\n--\1\r\nContent-Type: image\/gif\r\n\r\nb\r\n--\1--\r\n$/,
  ],
};
/** The examples of the contract. */
const OF_CONTRACT: { readonly [id: string]: readonly unknown[] } = {
  lists: [[1, 2], [3]],
  one: [[1, 2]],
  placed: [[1, 2], [3]],
};
const document = {
  paths: Object.fromEntries(
    Object.entries(ROWS).map(([id, [mediaType, media]]) => [
      `/${id}`,
      {
        get: {
          operationId: id,
          summary: id,
          responses: { 200: { description: 'ok', content: { [mediaType]: media } } },
        },
      },
    ]),
  ),
};

const nameOf = (id: string) => `get${id.charAt(0).toUpperCase()}${id.slice(1)}MockHandler`;
const root = mkdtempSync(join(tmpdir(), 'countersign-3-2-msw-'));
const server = setupServer();
let made: { readonly [name: string]: (value?: unknown) => RequestHandler };
let client: AnyClient;
let compileErrors: readonly unknown[];
beforeAll(async () => {
  mkdirSync(join(root, 'package'));
  const { createClient } = await loadPackage<AnyClient>(join(root, 'package'), whole(document));
  client = createClient({ baseUrl: 'https://provider.example', logger: {} });
  const outcome = await acceptDocument(join(root, 'openapi.json'), whole(document), 'strict');
  if (outcome.kind === 'refused') throw new Error(JSON.stringify(outcome.diagnostics));
  for (const { path, text } of await emitMsw(outcome.api)) writeFileSync(join(root, 'package', path), text);
  made = await import(/* @vite-ignore */ pathToFileURL(join(root, 'package/src/msw.ts')).href);
  const uses = Object.entries(ROWS).map(([id, [, , , text]]) => `${nameOf(id)}(${text}),`);
  const use = `import { ${Object.keys(ROWS).map(nameOf).join(', ')} } from './msw.ts';
export const handlers = [
${uses.join('\n')}
  // @ts-expect-error an item that the contract does not have
  getJsonlMockHandler([{ n: 'x' }]),
  getJsonlMockHandler(async () => [{ n: 1 }]),
];
`;
  compileErrors = checkPackages(join(root, 'compiled'), {
    all: [...(await makeFiles(outcome.api)), ...(await emitMsw(outcome.api)), { path: 'src/use.ts', text: use }],
  });
  server.listen({ onUnhandledRequest: 'error' });
}, 120_000);
afterEach(() => server.resetHandlers());
afterAll(() => {
  server.close();
  rmSync(root, { recursive: true });
});

/** The items of a list or a stream. */
async function listOf(values: unknown): Promise<unknown> {
  const found: unknown[] = [];
  for await (const item of values as AsyncIterable<unknown>)
    found.push(item instanceof Blob ? { type: item.type, text: await item.text() } : item);
  return found;
}
async function* stream(items: readonly unknown[]) {
  yield* items;
}

test('overrides with lists have the types of the contract', () => {
  expect(compileErrors).toEqual([]);
});

describe.each(Object.entries(ROWS))('%s', (id, [mediaType, , items, , text]) => {
  const want =
    id === 'files'
      ? [
          { type: 'image/png', text: 'a' },
          { type: 'image/gif', text: 'b' },
        ]
      : items;

  test.each([
    ['a list', () => items],
    ['a stream', () => stream(items)],
    ['a function', () => () => items],
  ])('%s, read by fetch', async (_, given) => {
    server.use(made[nameOf(id)]?.(given()) as RequestHandler);
    const response = await fetch(`https://provider.example/${id}`);
    const type = response.headers.get('content-type') ?? '';
    expect(type.split(';')[0]).toBe(mediaType);
    const body = await response.text();
    if (typeof text === 'string') return expect(body).toBe(text);
    expect(text.exec(body)?.[1]).toBe(/boundary=(.*)$/.exec(type)?.[1]);
  });

  test('an override, read by the client', async () => {
    server.use(made[nameOf(id)]?.(items) as RequestHandler);
    const { data, error } = (await client[id]?.({}, { validation: { responses: 'throw' } })) ?? {};
    expect(error).toBeUndefined();
    const found = await listOf(data);
    if (id === 'events' || id === 'data') expect(found).toMatchObject(want);
    else expect(found).toEqual(want);
  });

  test('the contract’s example, read by the client', async () => {
    server.use(made[nameOf(id)]?.() as RequestHandler);
    const { data, error } = (await client[id]?.({}, { validation: { responses: 'throw' } })) ?? {};
    expect(error).toBeUndefined();
    const found = await listOf(data);
    expect(found).toEqual(OF_CONTRACT[id] ?? expect.any(Array));
  });
});
