import type { Document } from '@redocly/openapi-core';
import { describe, expect, test } from 'vitest';
import { lintConfig } from '../../scripts/lint/config.ts';
import { lintDocument, resolvePlainRefs } from '../../scripts/lint/lint-document.ts';
import { skipPlainSchemas } from '../../scripts/lint/plain-schemas.ts';
import { createResolver, loadRedocly } from '../../scripts/lint/redocly.ts';

const redocly = await loadRedocly();

type Row = readonly [about: string, schema: unknown, given: 'skipped' | 'visited'];

const rows: readonly Row[] = [
  ['a string', { type: 'string', minLength: 1, description: '', example: { a: 1 }, default: null }, 'skipped'],
  ['a reference to a component', { $ref: '#/components/schemas/Dog' }, 'skipped'],
  ['a reference to an invalid component', { $ref: '#/components/schemas/Bad' }, 'skipped'],
  ['a reference to a boolean', { $ref: '#/components/schemas/Yes' }, 'visited'],
  ['a reference to a part of a component', { $ref: '#/components/schemas/Bad/properties/a' }, 'visited'],
  ['a reference with a sibling', { $ref: '#/components/schemas/Dog', description: 1 }, 'visited'],
  ['an object', { type: 'object', required: ['a'], properties: { a: { items: {} } } }, 'skipped'],
  ['a list of alternatives', { oneOf: [{ type: 'string' }, { allOf: [{ anyOf: [{}] }] }] }, 'skipped'],
  ['a boolean in place of a schema', { additionalProperties: false, properties: { a: {} } }, 'skipped'],
  ['an extension with any value', { 'x-of': { $ref: '#/components/schemas/Dog' } }, 'skipped'],
  ['a property named like a keyword', { properties: { type: { type: 'string' }, 'x-a': {} } }, 'skipped'],
  ['a pattern', { pattern: '^a+$' }, 'skipped'],
  ['no pattern of ECMAScript', { pattern: '(?<a' }, 'visited'],
  ['an unknown keyword', { type: 'string', longest: 1 }, 'visited'],
  ['an unknown keyword in depth', { properties: { a: { items: { not: { typ: 'string' } } } } }, 'visited'],
  ['an unknown type', { type: 'text' }, 'visited'],
  ['a type that is null', { type: null }, 'visited'],
  ['a length that is negative', { minLength: -1 }, 'visited'],
  ['a length that is not an integer', { maxLength: 1.5 }, 'visited'],
  ['a required field that is not a list', { required: true }, 'visited'],
  ['a required field with numbers', { required: [1] }, 'visited'],
  ['an enum that is not a list', { enum: 'a' }, 'visited'],
  ['properties that are a list', { properties: [] }, 'visited'],
  ['properties that are a reference', { properties: { $ref: '#/components/schemas/Dog' } }, 'visited'],
  ['alternatives that are a map', { oneOf: {} }, 'visited'],
  ['a schema that is a text', { items: 'string' }, 'visited'],
  ['a schema that is null', { properties: { a: null } }, 'visited'],
  ['a list in place of a schema', { not: [] }, 'visited'],
  ['an extension of Redocly with a wrong value', { 'x-tags': 'a' }, 'visited'],
  ['XML with a wrong field', { properties: { a: { xml: { attribute: 'yes' } } } }, 'visited'],
  ['a discriminator without its property', { oneOf: [{}], discriminator: {} }, 'visited'],
];

describe.each(['3.0.3', '3.1.1', '3.2.0'])('schemas that Redocly need not visit, in OpenAPI %s', (version) => {
  test.each(rows)('%s', async (_about, schema, given) => {
    const document = documentWith(version, schema);
    expect(await ours(document)).toEqual(await ofRedocly(document));
    expect(await isSkipped(version, schema)).toBe(given === 'skipped');
  });

  test('a schema in every place', async () => {
    for (const [, schema] of rows) {
      const nested = { allOf: [{ not: schema }], properties: { a: schema, b: { items: schema } } };
      const document = documentWith(version, { ...nested, additionalProperties: schema });
      expect(await ours(document)).toEqual(await ofRedocly(document));
    }
  });
});

test.each(['Schema', 'AllOf', 'any', 'ref'])('no schema is skipped if another rule visits %s', async (type) => {
  const oneOf = [{ type: 'string' }];
  expect(
    await isSkipped('3.1.1', { oneOf }, { [type]: type === 'ref' ? { leave: () => undefined } : () => undefined }),
  ).toBe(false);
});

const documentWith = (openapi: string, schema: unknown): Document => ({
  source: new redocly.Source('/api/openapi.yaml', ''),
  parsed: {
    openapi,
    info: { title: 'Dogs', version: '1' },
    paths: {
      '/': {
        get: {
          parameters: [{ name: 'q', in: 'query', schema }],
          responses: { 200: { description: '', content: { 'application/json': { schema } } } },
        },
      },
    },
    components: {
      schemas: { Own: schema, Dog: { type: 'object' }, Bad: { properties: { a: { typ: 'string' } } }, Yes: true },
    },
  },
});

const REFS = ['Dog', 'Bad', 'Yes', 'Bad/properties/a'].map((name) => `#/components/schemas/${name}`);

const refsOf = (document: Document) => resolvePlainRefs(REFS, document) ?? new Map();

async function ours(document: Document) {
  const config = await lintConfig('written', 'essential', false);
  return told(lintDocument(redocly, document, config, refsOf(document)));
}

async function ofRedocly(document: Document) {
  const config = await lintConfig('written', 'essential', false);
  const externalRefResolver = createResolver(redocly, new Map());
  return told(await redocly.lintDocument({ document, config, externalRefResolver }));
}

/** In the order of their places: a component is visited for its first reference, unless that is skipped. */
const told = (problems: ReturnType<typeof lintDocument>): readonly string[] =>
  problems
    .map(({ ruleId, severity, message, suggest, location: [place] }) =>
      JSON.stringify([ruleId, severity, message, suggest, place?.pointer, place?.reportOnKey]),
    )
    .sort();

async function isSkipped(version: string, schema: unknown, visitor?: object) {
  const document = documentWith(version, schema);
  const config = await lintConfig('written', 'essential', false);
  const spec = redocly.detectSpec(document.parsed);
  const types = redocly.normalizeTypes(config.extendTypes(redocly.getTypes(spec), spec), config);
  const visitors = redocly.normalizeVisitors(visitor ? [{ ruleId: 'other', severity: 'warn', visitor }] : [], types);
  skipPlainSchemas(types, visitors, refsOf(document));
  const of = types.MediaType?.properties.schema;
  return typeof of === 'function' && of(schema, 'schema') === null;
}
