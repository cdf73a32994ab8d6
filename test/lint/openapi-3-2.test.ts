import { expect, test } from 'vitest';
import { diagnosticsOf } from './documents.ts';

const failed = { '4XX': { description: 'refused' } };
const reading = (more: object, path: object = {}) => ({
  paths: {
    '/items': {
      ...path,
      get: { operationId: 'read', summary: 'Read', responses: { 200: { description: 'ok' }, ...failed }, ...more },
    },
  },
});
const answering = (content: object) => reading({ responses: { 200: { description: 'ok', content }, ...failed } });
const list = { type: 'array', items: { type: 'string' } };
const whole = { name: 'a', in: 'querystring', content: { 'application/json': { schema: {} } } };
const copying = (method: string) =>
  reading(
    {},
    {
      additionalOperations: {
        [method]: { operationId: 'copy', summary: 'Copy', responses: { 200: { description: 'ok' }, ...failed } },
      },
    },
  );
const tagged = (...tags: readonly object[]) => ({ tags, ...reading({ tags: ['a'] }) });
const described = { description: 'Described.' };
const example = (fields: object) =>
  answering({ 'application/json': { schema: { type: 'integer' }, examples: { one: fields } } });
const xml = (fields: object) =>
  answering({
    'application/xml': { schema: { type: 'object', properties: { a: { type: 'string', xml: fields } } } },
  });
const scheme = (fields: object) => ({
  ...reading({ security: [{ oa: [] }] }),
  components: { securitySchemes: { oa: { type: 'oauth2', ...fields } } },
});
const flows = { clientCredentials: { tokenUrl: 'https://auth.test/token', scopes: {} } };
const pets = (discriminator: object) => ({
  ...answering({
    'application/json': {
      schema: {
        oneOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }],
        discriminator: { propertyName: 'k', ...discriminator },
      },
    },
  }),
  components: {
    schemas: {
      A: { type: 'object', properties: { k: { const: 'A' } } },
      B: { type: 'object', properties: { k: { const: 'B' } } },
    },
  },
});

/** Section of OpenAPI 3.2, the document, and the codes of the strict profile at their places. */
const rows: readonly (readonly [section: string, name: string, document: object, want: readonly string[]])[] = [
  [
    'media-type-object',
    'itemSchema beside schema',
    answering({ 'application/jsonl': { schema: list, itemSchema: { type: 'string' } } }),
    [],
  ],
  [
    'media-type-object',
    'itemSchema of JSON',
    answering({ 'application/json': { itemSchema: { type: 'string' } } }),
    ['sequential-content …/content/application~1json/itemSchema'],
  ],
  [
    'media-type-object',
    'itemEncoding of JSON',
    answering({ 'application/json': { schema: list, itemEncoding: {} } }),
    ['sequential-content …/content/application~1json/itemEncoding'],
  ],
  [
    'media-type-object',
    'itemEncoding beside encoding',
    answering({ 'multipart/mixed': { schema: list, itemEncoding: {}, encoding: { a: {} } } }),
    ['spec-no-invalid-encoding-combinations …/content/multipart~1mixed/encoding'],
  ],
  [
    'encoding-by-position',
    'prefixEncoding of an object',
    answering({ 'multipart/mixed': { schema: { type: 'object' }, prefixEncoding: [{}] } }),
    ['encoding-position …/content/multipart~1mixed/prefixEncoding'],
  ],
  [
    'encoding-by-position',
    'prefixEncoding of a list',
    answering({ 'multipart/mixed': { schema: list, prefixEncoding: [{}] } }),
    [],
  ],
  [
    'encoding-by-position',
    'itemEncoding beside itemSchema',
    answering({ 'multipart/mixed': { itemSchema: { type: 'string' }, itemEncoding: {} } }),
    [],
  ],
  [
    'parameter-locations',
    'two query strings',
    reading({ parameters: [whole, { ...whole, name: 'b' }] }),
    ['spec-querystring-parameters …/get/parameters'],
  ],
  [
    'parameter-locations',
    'a query string beside a query parameter',
    reading({ parameters: [whole, { name: 'b', in: 'query', schema: { type: 'string' } }] }),
    ['spec-querystring-parameters …/get/parameters/1'],
  ],
  [
    'parameter-locations',
    'a query string with a schema',
    reading({ parameters: [{ name: 'a', in: 'querystring', schema: { type: 'string' } }] }),
    ['parameter-place …/get/parameters/0/schema'],
  ],
  [
    'style-values',
    'style cookie of a cookie',
    reading({ parameters: [{ name: 'a', in: 'cookie', style: 'cookie', schema: { type: 'string' } }] }),
    [],
  ],
  [
    'style-values',
    'style cookie of a query parameter',
    reading({ parameters: [{ name: 'a', in: 'query', style: 'cookie', schema: { type: 'string' } }] }),
    ['parameter-place …/get/parameters/0/style'],
  ],
  ['path-item-object', 'additionalOperations with COPY', copying('COPY'), []],
  [
    'path-item-object',
    'additionalOperations with GET',
    copying('GET'),
    ['additional-operation …/additionalOperations/GET'],
  ],
  [
    'path-item-object',
    'additionalOperations with query',
    copying('QUERY'),
    ['additional-operation …/additionalOperations/QUERY'],
  ],
  [
    'path-item-object',
    'additionalOperations with a standard method in lower case',
    copying('post'),
    ['additional-operation …/additionalOperations/post', 'method-unknown …/additionalOperations/post'],
  ],
  [
    'path-item-object',
    'additionalOperations with no method',
    copying('A B'),
    ['additional-operation …/additionalOperations/A B', 'method-unknown …/additionalOperations/A B'],
  ],
  [
    'tag-object',
    'a parent that is missing',
    tagged({ name: 'a', parent: 'b', ...described }),
    ['spec-no-invalid-tag-parents /tags/0/parent'],
  ],
  [
    'tag-object',
    'parents in a circle',
    tagged({ name: 'a', parent: 'b', ...described }, { name: 'b', parent: 'a', ...described }),
    ['spec-no-invalid-tag-parents /tags/0/parent', 'spec-no-invalid-tag-parents /tags/1/parent'],
  ],
  [
    'discriminator-object',
    'an optional property without defaultMapping',
    pets({}),
    ['spec-discriminator-defaultMapping …/schema/discriminator'],
  ],
  [
    'discriminator-object',
    'a defaultMapping that is missing',
    pets({ defaultMapping: 'Nobody' }),
    ['spec-discriminator-defaultMapping …/schema/discriminator/defaultMapping'],
  ],
  ['discriminator-object', 'a defaultMapping', pets({ defaultMapping: 'A' }), []],
  [
    'example-object',
    'dataValue beside value',
    example({ value: 1, dataValue: 1 }),
    ['spec-example-values …/examples/one/value'],
  ],
  [
    'example-object',
    'serializedValue beside externalValue',
    example({ externalValue: 'https://a.test/1', serializedValue: '1' }),
    ['spec-example-values …/examples/one'],
  ],
  [
    'example-object',
    'dataValue that breaks its schema',
    example({ dataValue: 'x' }),
    ['no-invalid-media-type-examples …/examples/one/dataValue'],
  ],
  [
    'openapi-object',
    '$self with a fragment',
    { $self: 'https://specs.test/a.yaml#b', ...reading({}) },
    ['document-self /$self'],
  ],
  [
    'server-object',
    'two servers of one name',
    {
      servers: [
        { url: 'https://a.test', name: 'x' },
        { url: 'https://b.test', name: 'x' },
      ],
      ...reading({}),
    },
    ['document-self /servers/1/name'],
  ],
  ['xml-object', 'nodeType', xml({ nodeType: 'attribute' }), []],
  [
    'xml-object',
    'nodeType beside attribute',
    xml({ nodeType: 'attribute', attribute: true }),
    ['xml-node-type …/properties/a/xml/attribute'],
  ],
  [
    'xml-object',
    'nodeType beside wrapped',
    xml({ nodeType: 'element', wrapped: false }),
    ['xml-node-type …/properties/a/xml/wrapped'],
  ],
  ['xml-object', 'a nodeType that does not exist', xml({ nodeType: 'thing' }), ['struct …/properties/a/xml/nodeType']],
  [
    'oauth-flows-object',
    'deviceAuthorization without its URL',
    scheme({ flows: { deviceAuthorization: { tokenUrl: 'https://auth.test/token', scopes: {} } } }),
    ['struct …/flows/deviceAuthorization'],
  ],
  [
    'security-scheme-object',
    'oauth2MetadataUrl of plain http',
    scheme({ flows, oauth2MetadataUrl: 'http://auth.test/meta' }),
    ['oauth-flow /components/securitySchemes/oa/oauth2MetadataUrl'],
  ],
];

const documentOf = (openapi: string, more: object): string =>
  JSON.stringify({
    openapi,
    info: { title: 'T', version: '1', license: { name: 'P', identifier: 'MIT' } },
    servers: [{ url: 'https://api.test' }],
    security: [],
    ...more,
  });

test.each(rows)('%s: %s', async (_, __, document, want) => {
  const found = await diagnosticsOf(documentOf('3.2.0', document), 'openapi.json', 'strict');
  const places = found.map(({ code, pointer = '' }) => `${code} ${pointer}`);
  expect(places).toEqual(
    want.map((place) => {
      const [code, end = ''] = place.split(' …');
      return end === '' ? place : expect.stringMatching(new RegExp(`^${code} .*${end.replace(/[$]/g, '\\$&')}$`));
    }),
  );
  for (const { help, at } of found) {
    expect(help).not.toMatch(/^Redocly documents the rule/);
    expect(at.line).toBeGreaterThan(0);
  }
  // External documents are used as far as possible.
  const external = await diagnosticsOf(documentOf('3.2.0', document), 'openapi.json', 'essential');
  expect(external.filter(({ severity }) => severity === 'error')).toEqual([]);
});

test.each([
  ['itemSchema', answering({ 'application/jsonl': { schema: list, itemSchema: {} } })],
  ['additionalOperations', copying('COPY')],
  [
    'query',
    reading({}, { query: { operationId: 'q', summary: 'Q', responses: { 200: { description: 'ok' }, ...failed } } }),
  ],
  ['$self', { $self: 'https://specs.test/a.yaml', ...reading({}) }],
  ['kind', tagged({ name: 'a', kind: 'nav', ...described })],
  ['name', { servers: [{ url: 'https://a.test', name: 'x' }], ...reading({}) }],
  ['dataValue', example({ dataValue: 1 })],
  ['nodeType', xml({ nodeType: 'text' })],
  ['summary', reading({ responses: { 200: { summary: 'One', description: 'ok' }, ...failed } })],
  [
    'deviceAuthorization',
    scheme({
      flows: {
        deviceAuthorization: { deviceAuthorizationUrl: 'https://a.test/d', tokenUrl: 'https://a.test/t', scopes: {} },
      },
    }),
  ],
  ['oauth2MetadataUrl', scheme({ flows, oauth2MetadataUrl: 'https://auth.test/meta' })],
])('%s in a document of OpenAPI 3.1', async (field, document) => {
  const found = await diagnosticsOf(documentOf('3.1.1', document), 'openapi.json', 'strict');
  expect(found.map(({ code, help, pointer = '' }) => [code, pointer.split('/').at(-1), help])).toEqual([
    ['struct', field, 'OpenAPI 3.2 has this field. Write `openapi: 3.2.0` to use it, or remove the field.'],
  ]);
});
