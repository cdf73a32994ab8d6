import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lintSpec } from '../../scripts/lint/index.ts';
import { loadSpec } from '../../scripts/load/index.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-reference-kinds-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const text = { type: 'string' };
const S = '/components/schemas/S';

/** One object of every kind, each a possible target of a reference. */
const everything = {
  openapi: '3.1.1',
  info: { title: 'T', version: '1', contact: { name: 'C' } },
  servers: [{ url: 'https://demo.test', variables: { a: { default: 'a' } } }],
  tags: [{ name: 't' }],
  security: [{ key: [] }],
  externalDocs: { url: 'https://demo.test' },
  paths: {
    '/a': {
      parameters: [{ name: 'p', in: 'query', schema: text }],
      post: {
        operationId: 'a',
        requestBody: {
          content: { 'application/json': { schema: text, encoding: { a: {} }, examples: { e: { value: { a: 1 } } } } },
        },
        responses: { 200: { description: 'Fine.', headers: { H: { schema: text } }, links: { l: {} } } },
        callbacks: { c: { '{$url}': { post: { responses: {} } } } },
      },
    },
  },
  components: {
    schemas: {
      L: {
        type: 'array',
        items: {
          properties: { type: text, items: { type: 'array', items: text } },
          items: text,
          allOf: [text],
          additionalProperties: text,
        },
        contains: text,
        not: text,
      },
      Tuple: { type: 'array', items: [text] },
      S: {
        properties: { a: text },
        allOf: [{ minProperties: 1 }],
        enum: [{ a: 'x' }],
        default: { a: 'x' },
        discriminator: { propertyName: 'a', mapping: { x: '#/components/schemas/S' } },
        description: 'S',
        maxProperties: 3,
        xml: { name: 's' },
      },
      Anything: true,
      Nothing: false,
    },
    parameters: { Q: { name: 'q', in: 'query', schema: text, example: {} } },
    headers: { H: { schema: text } },
    requestBodies: { B: { content: {} } },
    responses: { R: { description: 'R' } },
    examples: { E: { value: { type: 'string' } } },
    links: { L: { operationId: 'a' } },
    callbacks: { C: { '{$url}': { post: { responses: {} } } } },
    pathItems: { P: { get: { responses: {} } } },
    securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
  },
  'x-schemas': { X: text },
  definitions: { D: text },
};

const NOT_SCHEMAS: readonly [ref: string, received: string][] = [
  ['#', 'the whole document'],
  ['#/', 'the whole document'],
  ['openapi.json', 'the whole document'],
  ['#/openapi', 'a string'],
  ['#/info', 'data'],
  ['#/info/contact', 'data'],
  ['#/info/title', 'a string'],
  ['#/servers', 'a list'],
  ['#/servers/0', 'data'],
  ['#/servers/0/variables/a', 'data'],
  ['#/tags/0', 'data'],
  ['#/security/0', 'data'],
  ['#/externalDocs', 'data'],
  ['#/paths', 'a map of path items'],
  ['#/paths/~1a', 'a path item'],
  ['#/paths/~1a/parameters', 'a list'],
  ['#/paths/~1a/parameters/0', 'a parameter'],
  ['#/paths/~1a/post', 'an operation'],
  ['#/paths/~1a/post/requestBody', 'a request body'],
  ['#/paths/~1a/post/requestBody/content', 'a map of media types'],
  ['#/paths/~1a/post/requestBody/content/application~1json', 'a media type'],
  ['#/paths/~1a/post/requestBody/content/application~1json/encoding/a', 'an encoding'],
  ['#/paths/~1a/post/requestBody/content/application~1json/examples/e', 'an example'],
  ['#/paths/~1a/post/requestBody/content/application~1json/examples/e/value', 'data'],
  ['#/paths/~1a/post/responses', 'a map of responses'],
  ['#/paths/~1a/post/responses/200', 'a response'],
  ['#/paths/~1a/post/responses/200/description', 'a string'],
  ['#/paths/~1a/post/responses/200/headers/H', 'a header'],
  ['#/paths/~1a/post/responses/200/links/l', 'a link'],
  ['#/paths/~1a/post/callbacks', 'a map of maps'],
  ['#/paths/~1a/post/callbacks/c', 'a map of path items'],
  ['#/components', 'the `components` object'],
  ['#/components/schemas', 'a map of schemas'],
  ['#/components/schemas/S/properties', 'a map of schemas'],
  ['#/components/schemas/S/allOf', 'a list'],
  ['#/components/schemas/S/enum', 'a list'],
  ['#/components/schemas/S/enum/0', 'data'],
  ['#/components/schemas/S/default', 'data'],
  ['#/components/schemas/S/description', 'a string'],
  ['#/components/schemas/S/maxProperties', 'a number'],
  ['#/components/schemas/S/xml', 'data'],
  ['#/components/schemas/S/discriminator', 'a discriminator'],
  ['#/components/schemas/S/discriminator/mapping', 'a map of schemas'],
  ['#/components/parameters/Q', 'a parameter'],
  ['#/components/parameters/Q/example', 'data'],
  ['#/components/headers/H', 'a header'],
  ['#/components/requestBodies/B', 'a request body'],
  ['#/components/responses/R', 'a response'],
  ['#/components/examples/E', 'an example'],
  ['#/components/examples/E/value', 'data'],
  ['#/components/links/L', 'a link'],
  ['#/components/callbacks/C', 'a map of path items'],
  ['#/components/pathItems/P', 'a path item'],
  ['#/components/securitySchemes/key', 'a security scheme'],
];

const SCHEMAS = [
  '#/components/schemas/S',
  '#/components/schemas/Anything',
  '#/components/schemas/Nothing',
  '#/components/schemas/S/properties/a',
  '#/components/schemas/S/allOf/0',
  '#/components/schemas/L/items',
  '#/components/schemas/L/items/properties/type',
  '#/components/schemas/L/items/properties/items',
  '#/components/schemas/L/items/properties/items/items',
  '#/components/schemas/L/items/items',
  '#/components/schemas/L/items/allOf/0',
  '#/components/schemas/L/items/additionalProperties',
  '#/components/schemas/L/contains',
  '#/components/schemas/L/not',
  '#/components/schemas/Tuple/items/0',
  '#/components/parameters/Q/schema',
  '#/components/headers/H/schema',
  '#/paths/~1a/parameters/0/schema',
  '#/paths/~1a/post/requestBody/content/application~1json/schema',
  'openapi.json#/components/schemas/S',
  // If OpenAPI does not define the place, documents put schemas there.
  '#/x-schemas/X',
  '#/definitions/D',
];

const content = (schema: object) => ({ 'application/json': { schema } });
const described = (rest: object) => ({ description: 'D', ...rest });
const component = (kind: string, value: object) => ({ components: { [kind]: { N: value } } });
const operation = (rest: object) => ({ paths: { '/b': { post: { responses: {}, ...rest } } } });

/** Each place of a schema: the object with the reference, and the location. */
const PLACES: readonly [pointer: string, make: (ref: object) => object][] = [
  ['/components/schemas/N', (ref) => component('schemas', ref)],
  ...['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'].map(
    (keyword): [string, (ref: object) => object] => [
      `/components/schemas/N/${keyword}/k`,
      (ref) => component('schemas', { [keyword]: { k: ref } }),
    ],
  ),
  ...['allOf', 'anyOf', 'oneOf', 'prefixItems', 'items'].map((keyword): [string, (ref: object) => object] => [
    `/components/schemas/N/${keyword}/0`,
    (ref) => component('schemas', { [keyword]: [ref] }),
  ]),
  ...'items not if then else contains propertyNames additionalProperties unevaluatedItems unevaluatedProperties additionalItems contentSchema'
    .split(' ')
    .map((keyword): [string, (ref: object) => object] => [
      `/components/schemas/N/${keyword}`,
      (ref) => component('schemas', { [keyword]: ref }),
    ]),
  [
    '/components/schemas/N/properties/a/items/anyOf/0',
    (ref) => component('schemas', { properties: { a: { items: { anyOf: [ref] } } } }),
  ],
  ['/components/parameters/N/schema', (ref) => component('parameters', { name: 'n', in: 'query', schema: ref })],
  [
    '/components/parameters/N/content/application~1json/schema',
    (ref) => component('parameters', { name: 'n', in: 'query', content: content(ref) }),
  ],
  ['/components/headers/N/schema', (ref) => component('headers', { schema: ref })],
  [
    '/components/requestBodies/N/content/application~1json/schema',
    (ref) => component('requestBodies', { content: content(ref) }),
  ],
  [
    '/components/requestBodies/N/content/application~1jsonl/itemSchema',
    (ref) => component('requestBodies', { content: { 'application/jsonl': { itemSchema: ref } } }),
  ],
  [
    '/components/requestBodies/N/content/multipart~1mixed/encoding/a/headers/H/schema',
    (ref) =>
      component('requestBodies', {
        content: { 'multipart/mixed': { encoding: { a: { headers: { H: { schema: ref } } } } } },
      }),
  ],
  [
    '/components/responses/N/content/application~1json/schema',
    (ref) => component('responses', described({ content: content(ref) })),
  ],
  [
    '/components/responses/N/headers/H/schema',
    (ref) => component('responses', described({ headers: { H: { schema: ref } } })),
  ],
  [
    '/components/pathItems/N/parameters/0/schema',
    (ref) => component('pathItems', { parameters: [{ name: 'n', in: 'query', schema: ref }] }),
  ],
  [
    '/components/callbacks/N/{$url}/post/requestBody/content/application~1json/schema',
    (ref) => component('callbacks', { '{$url}': { post: { requestBody: { content: content(ref) } } } }),
  ],
  [
    '/paths/~1b/post/parameters/0/schema',
    (ref) => operation({ parameters: [{ name: 'n', in: 'query', schema: ref }] }),
  ],
  [
    '/paths/~1b/post/requestBody/content/application~1json/schema',
    (ref) => operation({ requestBody: { content: content(ref) } }),
  ],
  [
    '/paths/~1b/post/responses/200/content/application~1json/schema',
    (ref) => operation({ responses: { 200: described({ content: content(ref) }) } }),
  ],
  [
    '/paths/~1b/post/callbacks/c/{$url}/post/requestBody/content/application~1json/schema',
    (ref) => operation({ callbacks: { c: { '{$url}': { post: { requestBody: { content: content(ref) } } } } } }),
  ],
  [
    '/webhooks/w/post/requestBody/content/application~1json/schema',
    (ref) => ({
      webhooks: { w: { post: { requestBody: { content: content(ref) } } } },
    }),
  ],
  [
    '/paths/~1b/x-cs-dispatch/0/operation/requestBody/content/application~1json/schema',
    (ref) => ({
      paths: { '/b': { 'x-cs-dispatch': [{ operation: { requestBody: { content: content(ref) } } }] } },
    }),
  ],
];

/** Adds properties to those of the document. Maps are merged. */
function merged(document: object, change: object): object {
  const both = { ...document } as { [name: string]: unknown };
  for (const [name, value] of Object.entries(change)) {
    const old = both[name];
    both[name] = old && typeof old === 'object' && !Array.isArray(old) ? merged(old, value) : value;
  }
  return both;
}

async function errorsOf(change: object, files: { readonly [name: string]: unknown } = {}) {
  for (const [name, value] of Object.entries({ ...files, 'openapi.json': merged(everything, change) }))
    writeFileSync(join(folder, name), JSON.stringify(value));
  const spec = await loadSpec(join(folder, 'openapi.json'));
  return { spec, errors: spec.problems.filter(({ severity }) => severity === 'error') };
}
const codes = async (change: object, files?: { readonly [name: string]: unknown }) =>
  (await errorsOf(change, files)).errors.map(({ code, pointer }) => `${code} ${pointer}`);

describe('a reference to another object in place of a schema', () => {
  test.each(NOT_SCHEMAS)('%s is %s', async ($ref, received) => {
    const { errors } = await errorsOf(component('schemas', { $ref }));
    expect(errors).toMatchObject([
      {
        code: 'ref-kind',
        pointer: '/components/schemas/N/$ref',
        message: `Expected a \`$ref\` to a schema, received a \`$ref\` to ${received}.`,
        help: expect.stringMatching(/^(Refer to a schema, for example|Append `\/schema`)/),
        at: { line: 1, column: expect.any(Number) },
      },
    ]);
  });

  test.each(PLACES)('%s', async (pointer, make) => {
    for (const $ref of ['#/paths', '#', '#/info', '#/paths/~1a/post', '#/components/parameters/Q', '#/info/title'])
      expect(await codes(make({ $ref })), $ref).toEqual([`ref-kind ${pointer}/$ref`]);
    for (const $ref of ['#/components/schemas/S', '#/components/schemas/Anything'])
      expect(await codes(make({ $ref })), $ref).toEqual([]);
  });

  test('a discriminator mapping', async () => {
    const discriminator = (ref: string) =>
      component('schemas', { oneOf: [text], discriminator: { propertyName: 'a', mapping: { x: ref } } });
    expect(await codes(discriminator('#/paths'))).toEqual(['ref-kind /components/schemas/N/discriminator/mapping/x']);
    expect(await codes(discriminator('#/components/schemas/S'))).toEqual([]);
  });

  test('through another reference', async () => {
    const change = component('schemas', { $ref: '#/components/schemas/Between' });
    const between = { components: { schemas: { Between: { $ref: '#/info' } } } };
    expect(await codes(merged(change, between))).toEqual(['ref-kind /components/schemas/Between/$ref']);
  });

  test('every place is reported, without any other error about it', async () => {
    const change = operation({
      requestBody: { content: content({ $ref: '#/paths' }) },
      responses: { 200: described({ content: content({ $ref: '#/info' }) }) },
    });
    const { spec } = await errorsOf(change);
    for (const profile of ['strict', 'essential'] as const) {
      const found = (await lintSpec(spec, { profile })).filter(({ pointer = '' }) =>
        /^\/paths\/~1b.*\/schema/.test(pointer),
      );
      expect(found.map(({ code }) => code)).toEqual(['ref-kind', 'ref-kind']);
    }
  });
});

describe('schemas at any place', () => {
  test.each(SCHEMAS)('%s', async ($ref) => {
    expect(await codes(component('schemas', { $ref }))).toEqual([]);
  });
});

describe('a kind that the place does not accept', () => {
  test.each<[place: string, change: object, want: string]>([
    ['a parameter', operation({ parameters: [{ $ref: '#/components/schemas/S' }] }), '/parameters/0'],
    ['a request body', operation({ requestBody: { $ref: '#/components/responses/R' } }), '/requestBody'],
    ['a response', operation({ responses: { 200: { $ref: '#/components/schemas/S' } } }), '/responses/200'],
    ['a response, at a string', operation({ responses: { 200: { $ref: '#/info/title' } } }), '/responses/200'],
  ])('%s', async (_place, change, want) => {
    expect(await codes(change)).toEqual([`ref-kind /paths/~1b/post${want}/$ref`]);
  });

  test('a parameter can replace a header', async () => {
    const headers = { H: { $ref: '#/components/parameters/Q' } };
    expect(await codes(component('responses', described({ headers })))).toEqual([]);
  });
});

describe('parts in another file', () => {
  const parts = { A: { $ref: '#/B' }, B: text, Q: { name: 'q', in: 'query', schema: text }, list: [text], name: 'x' };
  const from = ($ref: string) => component('schemas', { $ref });

  test.each([
    ['parts.json#/A', []],
    ['parts.json#/list/0', []],
    ['parts.json#/list', ['ref-kind /components/schemas/N/$ref']],
    ['parts.json#/name', ['ref-kind /components/schemas/N/$ref']],
    // Another OpenAPI document states the kinds of its parts.
    ['other.json#/components/schemas/S', []],
    ['other.json#/paths', ['ref-kind /components/schemas/N/$ref']],
    ['other.json', ['ref-kind /components/schemas/N/$ref']],
  ])('%s', async (ref, want) => {
    expect(await codes(from(ref), { 'parts.json': parts, 'other.json': everything })).toEqual(want);
  });

  test('a part used as a parameter and as a schema is reported once', async () => {
    const change = merged(from('parts.json#/Q'), operation({ parameters: [{ $ref: 'parts.json#/Q' }] }));
    const found = await codes(change, { 'parts.json': parts });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^ref-kind /);
  });
});

test(`${S} can contain itself`, async () => {
  expect(await codes({ components: { schemas: { S: { items: { $ref: `#${S}` } } } } })).toEqual([]);
});
