import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readXml, writeXml } from '../../runtime/xml/index.ts';
import { acceptDocument } from '../hostile/pipeline.ts';
import { type AnyClient, testRows } from './table.ts';

const json = (schema: object, more: object = {}) => ({ 'application/json': { schema, ...more } });
const answering = (content: object, more: object = {}) => ({
  paths: {
    '/pets': { get: { operationId: 'read', summary: 'Read', responses: { 200: { description: 'ok', content } } } },
  },
  ...more,
});
const read = async (client: AnyClient): Promise<unknown> => {
  const { data, error } = (await client.read?.({}, { validation: { responses: 'throw' } })) ?? {};
  return data ?? (error as { kind?: string } | undefined)?.kind;
};
const pet = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };
const typed = (kind: string, more: object = {}) => ({
  type: 'object',
  properties: { kind: { const: kind }, ...more },
});
const pets = {
  oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Other' }],
  discriminator: { propertyName: 'kind', mapping: { cat: '#/components/schemas/Cat' }, defaultMapping: 'Other' },
};
const schemas = {
  Cat: { ...typed('cat', { lives: { type: 'integer' } }), required: ['kind', 'lives'] },
  Other: { type: 'object', properties: { kind: { not: { const: 'cat' } }, name: { type: 'string' } } },
};
const use = 'return client.read();';

const xmlBook = {
  components: {
    schemas: {
      book: {
        type: 'object',
        required: ['id', 'title'],
        properties: {
          id: { type: 'integer', xml: { nodeType: 'attribute' } },
          title: {
            type: 'object',
            required: ['value'],
            properties: {
              lang: { type: 'string', xml: { nodeType: 'attribute' } },
              value: { type: 'string', xml: { nodeType: 'text' } },
            },
          },
          note: {
            type: 'object',
            properties: { value: { type: 'string', xml: { nodeType: 'cdata' } } },
          },
          tags: { type: 'array', items: { type: 'string', xml: { name: 'tag' } }, xml: { nodeType: 'element' } },
          authors: { type: 'array', items: { type: 'string', xml: { name: 'author' } } },
          meta: { type: 'object', properties: { pages: { type: 'integer' } }, xml: { nodeType: 'none' } },
        },
      },
    },
  },
};
const book = {
  id: 7,
  title: { lang: 'en', value: 'A & B' },
  note: { value: 'a <b> ]]> c' },
  tags: ['x', 'y'],
  authors: ['Ada', 'Bo'],
  meta: { pages: 3 },
};

testRows([
  {
    section: 'components-object',
    name: 'a Media Type Object of the components',
    document: answering(
      { 'application/json': { $ref: '#/components/mediaTypes/Pet' } },
      { components: { mediaTypes: { Pet: { schema: pet, example: { name: 'Ada' } } } } },
    ),
    use: 'const { data } = await client.read();\nreturn data?.name satisfies string | undefined;',
    handlers: { read: () => ({ data: { name: 'Bo' } }) },
    call: read,
    want: { name: 'Bo' },
    mocked: { name: 'Ada' },
  },
  {
    section: 'establishing-the-base-uri',
    name: 'references by $self, without a request to that host',
    document: {
      $self: 'https://specs.example/pets.yaml',
      ...answering(json({ $ref: 'https://specs.example/pets.yaml#/components/schemas/Pet' }), {
        components: {
          schemas: {
            Pet: { ...pet, properties: { ...pet.properties, friend: { $ref: 'pets.yaml#/components/schemas/Pet' } } },
          },
        },
      }),
    },
    use: 'const { data } = await client.read();\nreturn data?.friend?.name;',
    handlers: { read: () => ({ data: { name: 'Bo', friend: { name: 'Cy' } } }) },
    call: read,
    want: { name: 'Bo', friend: { name: 'Cy' } },
    mocked: expect.objectContaining({ name: expect.any(String) }),
  },
  {
    section: 'optional-discriminating-property',
    name: 'defaultMapping without the property',
    document: answering(json(pets), { components: { schemas } }),
    use,
    handlers: { read: () => ({ data: { name: 'Bo' } }) },
    call: read,
    want: { name: 'Bo' },
    mocked: expect.any(Object),
  },
  {
    section: 'optional-discriminating-property',
    name: 'defaultMapping with a mapped value that violates its schema',
    document: answering(json(pets), { components: { schemas } }),
    use,
    handlers: { read: () => ({ status: 200, headers: { 'x-raw': '1' }, body: { kind: 'cat', lives: 'nine' } }) },
    call: read,
    want: 'api',
    mocked: expect.any(Object),
  },
  {
    section: 'working-with-examples',
    name: 'dataValue and serializedValue',
    document: answering(
      json(pet, {
        examples: { one: { summary: 'One', dataValue: { name: 'Ada' }, serializedValue: '{"name":"Ada"}' } },
      }),
    ),
    use,
    handlers: { read: () => ({ data: { name: 'Bo' } }) },
    call: read,
    want: { name: 'Bo' },
    mocked: { name: 'Ada' },
  },
  {
    section: 'xml-node-types',
    name: 'element, attribute, cdata, text and none',
    document: answering({ 'application/xml': { schema: { $ref: '#/components/schemas/book' } } }, xmlBook),
    use: 'const { data } = await client.read();\nreturn data?.meta?.pages satisfies number | undefined;',
    handlers: { read: () => ({ data: book }) },
    call: read,
    want: book,
    mocked: expect.objectContaining({ id: expect.any(Number) }),
    after: answering(
      { 'application/xml': { schema: { $ref: '#/components/schemas/book' } } },
      {
        components: {
          schemas: {
            book: {
              ...xmlBook.components.schemas.book,
              properties: { ...xmlBook.components.schemas.book.properties, id: { type: 'integer' } },
            },
          },
        },
      },
    ),
    diff: ['major: response 200: the XML of `application/xml` is written differently'],
  },
  {
    section: 'response-object',
    name: 'summary of a response, and fields of tags, servers and security schemes',
    document: {
      servers: [{ url: 'https://provider.example', name: 'production' }],
      tags: [
        { name: 'animals', summary: 'Animals', kind: 'nav', description: 'All.' },
        { name: 'pets', summary: 'Pets', parent: 'animals', kind: 'nav', description: 'Pets.' },
      ],
      paths: {
        '/pets': {
          get: {
            operationId: 'read',
            summary: 'Read',
            tags: ['pets'],
            responses: {
              200: { summary: 'A pet', description: 'ok', content: json(pet, { example: { name: 'Ada' } }) },
            },
          },
        },
      },
    },
    use,
    handlers: { read: () => ({ data: { name: 'Bo' } }) },
    call: read,
    want: { name: 'Bo' },
    mocked: { name: 'Ada' },
  },
]);

test('the example of docs/openapi-3.2.md is a contract', async () => {
  const page = await readFile(join(import.meta.dirname, '../../docs/openapi-3.2.md'), 'utf8');
  const [, text = ''] = /```yaml\n(.*?)```/s.exec(page) ?? [];
  const folder = mkdtempSync(join(tmpdir(), 'countersign-3-2-page-'));
  const document = {
    ...(parse(text) as object),
    info: { title: 'Hostile', version: '1' },
    components: { schemas: { Search: { type: 'object' }, Book: pet } },
  };
  const outcome = await acceptDocument(join(folder, 'openapi.json'), document);
  rmSync(folder, { recursive: true });
  if (outcome.kind === 'refused') throw new Error(JSON.stringify(outcome.diagnostics));
  expect(outcome.api.operations.map(({ descriptor: { method, path } }) => `${method} ${path}`)).toEqual([
    'QUERY /books',
    'COPY /books',
    'GET /events',
  ]);
});

test('nodeType in XML over HTTP', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-3-2-xml-'));
  const content = { 'application/xml': { schema: { $ref: '#/components/schemas/book' } } };
  const document = { openapi: '3.2.0', info: { title: 'Hostile', version: '1' }, ...answering(content, xmlBook) };
  const outcome = await acceptDocument(join(folder, 'openapi.json'), document);
  rmSync(folder, { recursive: true });
  if (outcome.kind === 'refused') throw new Error(JSON.stringify(outcome.diagnostics));
  const root = outcome.api.operations[0]?.descriptor.responses[0]?.xml?.['application/xml'];
  if (!root) throw new Error('the response has no XML');
  expect(writeXml(book, root).split('\n')[1]).toBe(
    '<book id="7"><title lang="en">A &amp; B</title><note><![CDATA[a <b> ]]]]><![CDATA[> c]]></note>' +
      '<tags><tag>x</tag><tag>y</tag></tags><author>Ada</author><author>Bo</author><pages>3</pages></book>',
  );
  expect(readXml(writeXml(book, root), root)).toEqual(book);
});
