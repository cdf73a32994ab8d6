import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const ROOT = join(import.meta.dirname, '../..');
const schema = JSON.parse(readFileSync(join(ROOT, 'specs/x-cs.schema.json'), 'utf8')) as object;
const ajv = new Ajv2020({
  strict: true,
  strictRequired: false,
  strictTypes: false,
  allErrors: true,
  inlineRefs: false,
});
const validate = ajv.compile(schema);

/** Where a document is invalid: only the deepest locations, with the field that is missing or unknown. */
function errorsOf(document: unknown): readonly string[] {
  if (validate(document)) return [];
  const places = (validate.errors ?? [])
    .filter(({ keyword }) => !['if', 'oneOf', 'anyOf'].includes(keyword))
    .map(({ instancePath, params }) => {
      const field: unknown = params.missingProperty ?? params.additionalProperty;
      return field === undefined ? instancePath : `${instancePath} ${field}`;
    });
  return [...new Set(places)];
}

const scheme = (value: object) => ({ components: { securitySchemes: { key: value } } });
const operation = (value: object) => ({ paths: { '/a': { get: value } } });
const ok = { 200: { description: 'Fine.' } };
const of = (more: object, openapi = '3.1.1') => ({ openapi, info: { title: 'T', version: '1' }, ...more });
const key = { type: 'apiKey', in: 'header', name: 'x-key' };

const RIGHT: readonly (readonly [string, object])[] = [
  ['a document of paths', of(operation({ responses: ok }))],
  ['an extension of another tool', of({ 'x-internal': true, ...operation({ responses: ok, 'x-y': 1 }) })],
  [
    'a reference with a description beside it',
    of(operation({ responses: { 200: { $ref: '#/a', description: 'b' } } })),
  ],
  ['keywords that no dialect defines', of({ components: { schemas: { A: { type: 'string', 'my-word': 1 } } } })],
  ['a schema that is `true`', of({ components: { schemas: { A: true } } })],
  ['a response without a description, in 3.2', of(operation({ responses: { 200: {} } }), '3.2.0')],
  ['QUERY, in 3.2', of({ paths: { '/a': { query: { responses: ok } } } }, '3.2.0')],
  ['a custom method, in 3.2', of({ paths: { '/a': { additionalOperations: { COPY: { responses: ok } } } } }, '3.2.0')],
  ['a signed scheme', of(scheme({ ...key, 'x-cs-signing': { algorithm: 'sha256' } }))],
];
const OPERATION = '/paths/~1a/get';
const WRONG: readonly (readonly [string, unknown, string])[] = [
  ['a number', 42, ''],
  ['no info', { openapi: '3.1.1', paths: {} }, ' info'],
  ['an unsupported version', of({ paths: {} }, '3.0.3'), '/openapi'],
  ['a path without a slash', of({ paths: { a: {} } }), '/paths a'],
  ['a field with a typo', of(operation({ respones: ok })), `${OPERATION} respones`],
  ['a status with a typo', of(operation({ responses: { '20': ok[200] } })), `${OPERATION}/responses 20`],
  [
    'a response without a description, in 3.1',
    of(operation({ responses: { 200: {} } })),
    `${OPERATION}/responses/200 description`,
  ],
  ['QUERY, in 3.1', of({ paths: { '/a': { query: {} } } }), '/paths/~1a/query'],
  ['a type with a typo', of({ components: { schemas: { A: { type: 'strin' } } } }), '/components/schemas/A/type'],
  [
    'a deep type with a typo',
    of({ components: { schemas: { A: { properties: { b: { items: { type: 7 } } } } } } }),
    '/components/schemas/A/properties/b/items/type',
  ],
  [
    'a path parameter that is optional',
    of(operation({ responses: ok, parameters: [{ name: 'a', in: 'path', schema: {} }] })),
    `${OPERATION}/parameters/0 required`,
  ],
  ['an API key without a name', of(scheme({ type: 'apiKey', in: 'header' })), '/components/securitySchemes/key name'],
  ['an extension that does not exist', of(operation({ responses: ok, 'x-cs-rety': {} })), `${OPERATION} x-cs-rety`],
  [
    'an extension at the wrong place',
    of(operation({ responses: ok, 'x-cs-signing': { algorithm: 'sha256' } })),
    `${OPERATION} x-cs-signing`,
  ],
  [
    'an algorithm with a typo',
    of(scheme({ ...key, 'x-cs-signing': { algorithm: 'sha265' } })),
    '/components/securitySchemes/key/x-cs-signing/algorithm',
  ],
  [
    'an unknown field of an extension',
    of(scheme({ ...key, 'x-cs-signing': { algorithm: 'sha256', sigener: 'a' } })),
    '/components/securitySchemes/key/x-cs-signing sigener',
  ],
  [
    'an extension of a schema',
    of({ components: { schemas: { A: { 'x-cs-retry': 1 } } } }),
    '/components/schemas/A/x-cs-retry',
  ],
];

describe('specs/x-cs.schema.json', () => {
  it('is a valid JSON Schema, which the linter does not check at run time', () => {
    expect(ajv.validateSchema(schema), ajv.errorsText()).toBe(true);
  });
  it('accepts every spec in the repository', () => {
    const specs = readdirSync(join(ROOT, 'specs'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const found = specs.map(({ name }) =>
      errorsOf(parse(readFileSync(join(ROOT, 'specs', name, 'openapi.yaml'), 'utf8'))),
    );
    expect(found).toEqual(specs.map(() => []));
    expect(specs.length).toBeGreaterThanOrEqual(5);
  });
  it.each(RIGHT)('accepts %s', (_, document) => {
    expect(errorsOf(document)).toEqual([]);
  });
  it.each(WRONG)('rejects %s and reports its location', (_, document, place) => {
    expect(errorsOf(document)).toContain(place);
  });
});

/** The official schemas (OpenAPI Initiative, Apache-2.0), with the dialect of each schema, as a package carries them. */
const official = async (document: object): Promise<boolean> => (await new Validator().validate({ ...document })).valid;

describe('specs/x-cs.schema.json beside the official schemas', () => {
  const folder = join(dirname(createRequire(import.meta.url).resolve('@readme/oas-examples/package.json')), '3.1/yaml');
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  it('accepts the public documents that they accept, except those with errors in schemas, which they do not check', async () => {
    const documents = files.map((name) => [name, parse(readFileSync(join(folder, name), 'utf8')) as object] as const);
    const ours = documents.map(([name, document]) => [
      name,
      errorsOf(document).filter((at) => !inSchema(at)).length === 0,
    ]);
    const theirs = await Promise.all(documents.map(async ([name, document]) => [name, await official(document)]));
    expect(ours).toEqual(theirs);
    expect(files.length).toBeGreaterThan(10);
  });
  const plain = WRONG.filter(([name]) => !/extension|type|version|algorithm/.test(name));
  it.each(plain)('%s is invalid by the official schemas, too', async (_, document) => {
    expect(await official(document as object)).toBe(false);
  });
});

const inSchema = (place: string): boolean => /\/(schema|schemas)\//.test(place);
