import { expect } from 'vitest';
import type { AnyClient, Row } from './table.ts';

const self = 'https://specs.example/shop.yaml';
const json = (schema: object, more: object = {}) => ({ 'application/json': { schema, ...more } });
const ok = (content: object, more: object = {}) => ({ 200: { description: 'ok', content, ...more } });
const book = { $ref: `${self}#/components/schemas/Book` };
const operation = (operationId: string, content: object, more: object = {}) => ({
  operationId,
  summary: operationId,
  tags: ['books'],
  responses: ok(content, { summary: 'The result' }),
  ...more,
});
const body = (content: object) => ({ requestBody: { required: true, content } });
const rows = { itemSchema: book };
const events = {
  itemSchema: {
    type: 'object',
    required: ['data'],
    properties: { data: { type: 'string', contentMediaType: 'application/json', contentSchema: book } },
  },
};
const parts = { itemSchema: book, itemEncoding: { contentType: 'application/json' } };
const pair = {
  schema: { type: 'array', prefixItems: [book, { type: 'string' }], minItems: 2, maxItems: 2 },
  prefixEncoding: [{ contentType: 'application/json' }, { contentType: 'text/plain' }],
};

/** Every field of OpenAPI 3.2 in one document. @param title the type of the titles of books */
export const documentOf = (title: object, more: object = {}) => ({
  $self: self,
  servers: [
    { url: 'https://provider.example', name: 'production' },
    { url: 'https://sandbox.provider.example', name: 'sandbox' },
  ],
  tags: [
    { name: 'shop', summary: 'Shop', kind: 'nav', description: 'Everything.' },
    { name: 'books', summary: 'Books', parent: 'shop', kind: 'nav', description: 'Books.' },
  ],
  paths: {
    '/books': {
      query: operation('search', json({ type: 'array', items: book }), {
        ...body(json({ type: 'object', properties: { title: { type: 'string' } } })),
        security: [{}, { oauth: ['books:read'] }],
      }),
      additionalOperations: {
        COPY: operation(
          'copy',
          json(book, { examples: { one: { dataValue: { title: 'Emma' }, serializedValue: '{"title":"Emma"}' } } }),
        ),
      },
    },
    '/find': {
      get: operation('find', json({}, { examples: { one: { serializedValue: '"found"' } } }), {
        parameters: [
          {
            name: 'filter',
            in: 'querystring',
            required: true,
            content: {
              'application/x-www-form-urlencoded': {
                schema: { type: 'object', properties: { n: { type: 'integer' } } },
              },
            },
          },
          { name: 'color', in: 'cookie', style: 'cookie', schema: { type: 'string' } },
        ],
      }),
    },
    '/files/{path}': {
      get: operation('file', json({}, { example: 'file' }), {
        parameters: [
          { name: 'path', in: 'path', required: true, allowReserved: true, schema: { type: 'string' } },
          { name: 'q', in: 'query', allowReserved: true, schema: { type: 'string' } },
        ],
      }),
    },
    '/rows': { get: operation('rows', { 'application/jsonl': rows }) },
    '/upload': {
      post: operation('upload', json({ type: 'integer' }, { example: 2 }), body({ 'application/jsonl': rows })),
    },
    '/events': { get: operation('events', { 'text/event-stream': events }) },
    '/parts': {
      get: operation('parts', { 'multipart/mixed': parts }),
      post: operation('sendParts', json({ type: 'integer' }, { example: 2 }), body({ 'multipart/mixed': parts })),
    },
    '/pair': {
      get: operation('pair', { 'multipart/mixed': pair }),
      post: operation('sendPair', json({ type: 'integer' }, { example: 2 }), body({ 'multipart/mixed': pair })),
    },
    '/pet': { get: operation('pet', { 'application/json': { $ref: '#/components/mediaTypes/Pet' } }) },
    '/xml': { get: operation('xml', { 'application/xml': { schema: { $ref: '#/components/schemas/Note' } } }) },
  },
  components: {
    mediaTypes: { Pet: { schema: { $ref: '#/components/schemas/Pet' }, example: { name: 'Rex' } } },
    securitySchemes: {
      oauth: {
        type: 'oauth2',
        deprecated: true,
        oauth2MetadataUrl: 'https://auth.example/.well-known/oauth-authorization-server',
        flows: {
          deviceAuthorization: {
            deviceAuthorizationUrl: 'https://auth.example/device',
            tokenUrl: 'https://auth.example/token',
            scopes: { 'books:read': 'Read books' },
          },
        },
      },
    },
    schemas: {
      Book: { type: 'object', required: ['title'], properties: { title } },
      Pet: {
        oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Other' }],
        discriminator: { propertyName: 'kind', mapping: { cat: '#/components/schemas/Cat' }, defaultMapping: 'Other' },
      },
      Cat: {
        type: 'object',
        required: ['kind', 'lives'],
        properties: { kind: { const: 'cat' }, lives: { type: 'integer' } },
      },
      Other: { type: 'object', properties: { kind: { not: { const: 'cat' } }, name: { type: 'string' } } },
      Note: {
        type: 'object',
        required: ['id', 'text'],
        properties: {
          id: { type: 'integer', xml: { nodeType: 'attribute' } },
          text: { type: 'string', xml: { nodeType: 'cdata' } },
        },
      },
    },
  },
  ...more,
});

async function listOf(items: unknown): Promise<readonly unknown[]> {
  const list: unknown[] = [];
  for await (const item of items as AsyncIterable<unknown>) list.push(item);
  return list;
}
async function* each(...items: readonly unknown[]) {
  yield* items;
}
const emma = { title: 'Emma' };
const ivanhoe = { title: 'Ivanhoe' };
const count = async ({ body: given }: { body: AsyncIterable<unknown> }) => ({ data: (await listOf(given)).length });

/** Calls every operation, one after the other. */
export async function callAll(client: AnyClient): Promise<unknown> {
  const dataOf = async (name: string, input: object = {}): Promise<unknown> => {
    const { data, error } = (await client[name]?.(input, { validation: { responses: 'throw' } })) ?? {};
    return data ?? error;
  };
  return {
    search: await dataOf('search', { body: { title: 'Emma' } }),
    copy: await dataOf('copy'),
    find: await dataOf('find', { query: { n: 1 }, cookies: { color: 'blue%20' } }),
    file: await dataOf('file', { path: { path: 'a:b' }, query: { q: '/c' } }),
    rows: await listOf(await dataOf('rows')),
    upload: await dataOf('upload', { body: each(emma, ivanhoe) }),
    events: await listOf(await dataOf('events')),
    parts: await listOf(await dataOf('parts')),
    sendParts: await dataOf('sendParts', { body: each(emma, ivanhoe) }),
    pair: await dataOf('pair'),
    sendPair: await dataOf('sendPair', { body: [emma, 'new'] }),
    pet: await dataOf('pet'),
    xml: await dataOf('xml'),
  };
}

/** The responses of a server, by operation. */
export const handlers: Row['handlers'] = {
  search: ({ body: { title } }: { body: { title: string } }, { request }) => ({
    data: [{ title: `${request.method} ${title}` }],
  }),
  copy: (_: never, { request }) => ({ data: { title: request.method } }),
  find: ({ query, cookies }: { query: unknown; cookies: unknown }) => ({ data: { query, cookies } }),
  file: ({ path, query }: { path: unknown; query: unknown }) => ({ data: { path, query } }),
  rows: () => ({ data: each(emma, ivanhoe) }),
  upload: count,
  events: () => ({ data: each({ data: emma }) }),
  parts: () => ({ data: each(emma, ivanhoe) }),
  sendParts: count,
  pair: () => ({ data: [emma, 'new'] }),
  sendPair: count as never,
  pet: () => ({ data: { name: 'Rex' } }),
  xml: () => ({ data: { id: 1, text: '<hi>' } }),
};

/** The results of a client that calls the server, by operation. */
export const want: Readonly<Record<string, unknown>> = {
  search: [{ title: 'QUERY Emma' }],
  copy: { title: 'COPY' },
  find: { query: { n: 1 }, cookies: { color: 'blue%20' } },
  file: { path: { path: 'a:b' }, query: { q: '/c' } },
  rows: [emma, ivanhoe],
  upload: 2,
  events: [{ data: emma }],
  parts: [emma, ivanhoe],
  sendParts: 2,
  pair: [emma, 'new'],
  sendPair: 2,
  pet: { name: 'Rex' },
  xml: { id: 1, text: '<hi>' },
};

/** The results of a client that calls the mock, by operation. */
export const mocked: Readonly<Record<string, unknown>> = {
  search: expect.any(Array),
  copy: emma,
  find: 'found',
  file: 'file',
  rows: [{ title: expect.any(String) }],
  upload: 2,
  events: [{ data: { title: expect.any(String) } }],
  parts: [{ title: expect.any(String) }],
  sendParts: 2,
  pair: [{ title: expect.any(String) }, expect.any(String)],
  sendPair: 2,
  pet: { name: 'Rex' },
  xml: { id: expect.any(Number), text: expect.any(String) },
};
