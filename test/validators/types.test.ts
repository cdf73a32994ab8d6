import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { emitTypes } from '../../scripts/emit/types/emit-types.ts';
import { emitTypeTests, emitValidators } from '../../scripts/emit/validators/emit-validators.ts';
import type { Api } from '../../scripts/model/types.ts';
import { checked } from '../emit/checked.ts';
import { apiOf } from './fixture.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'countersign-types-'));
symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
writeFileSync(
  join(folder, 'tsconfig.json'),
  JSON.stringify({
    extends: join(ROOT, 'tsconfig.json'),
    compilerOptions: { noEmit: true, types: [], paths: {} },
    include: ['*/src', '*/test'],
  }),
);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, api: Api): void {
  for (const { path, text } of [...emitTypes(api), ...emitValidators(api), ...emitTypeTests(api)]) {
    const file = join(folder, name, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, checked(text));
  }
}

/** The errors of the compiler for the folder, without the path of the folder. */
function compile(): string {
  try {
    return execFileSync(process.execPath, [join(ROOT, 'node_modules/typescript-7/bin/tsc'), '-p', folder], {
      encoding: 'utf8',
      cwd: folder,
    });
  } catch (error) {
    return String((error as { readonly stdout?: unknown }).stdout ?? error);
  }
}

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: unknown) => ({ 'application/json': { schema } });
// biome-ignore lint/suspicious/noTemplateCurlyInString: the text must stay unchanged.
const hostile = '"`${x}*/\n\u2028</script>\\';

const schemas = {
  Text: { type: 'string', minLength: 2, description: hostile },
  Kinds: { enum: ['a', 'b', hostile, null] },
  Pet: {
    type: 'object',
    required: ['name', 'kind'],
    properties: {
      name: ref('Text'),
      kind: ref('Kinds'),
      age: { type: ['integer', 'null'], default: 3 },
      [hostile]: { type: 'string' },
    },
  },
  Dog: { allOf: [ref('Pet'), { type: 'object', properties: { barks: { type: 'boolean' } }, required: ['barks'] }] },
  Tree: { type: 'object', properties: { value: { type: 'number' }, children: { type: 'array', items: ref('Tree') } } },
  Ping: { type: 'object', properties: { pong: ref('Pong') } },
  Pong: { type: 'object', properties: { ping: { type: ['object', 'null'], properties: { ping: ref('Ping') } } } },
  Either: { oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'number' } }, { type: 'null' }] },
  Cat: { type: 'object', properties: { type: { const: 'cat' }, lives: { type: 'integer' } }, required: ['type'] },
  Cow: { type: 'object', properties: { type: { const: 'cow' }, milk: { type: 'number' } }, required: ['type'] },
  Animal: {
    oneOf: [ref('Cat'), ref('Cow')],
    discriminator: {
      propertyName: 'type',
      mapping: { cat: '#/components/schemas/Cat', cow: '#/components/schemas/Cow' },
    },
  },
  Scores: { type: 'object', additionalProperties: { type: 'integer' } },
  Pair: { type: 'array', prefixItems: [{ type: 'string' }, { type: 'number' }], minItems: 2, maxItems: 2 },
  Open: { type: 'array', prefixItems: [{ type: 'string' }, { type: 'number' }] },
  Condition: {
    type: 'object',
    properties: { a: { type: 'string' }, b: { type: 'number' } },
    if: { required: ['a'] },
    // biome-ignore lint/suspicious/noThenProperty: `then` is a keyword of JSON Schema.
    then: { required: ['b'] },
  },
  General: {
    type: 'object',
    properties: { a: { minLength: 3 }, constructor: { type: 'string' } },
    patternProperties: { '^x-': { type: 'string' } },
  },
  User: {
    type: 'object',
    properties: { id: { type: 'integer', readOnly: true }, name: { type: 'string' } },
    required: ['id', 'name'],
  },
  Kitten: { type: 'object', properties: { age: { const: 'kitten' } }, required: ['age'] },
  Puppy: { type: 'object', properties: { age: { const: 'puppy' } }, required: ['age'], maxProperties: 3 },
  // The values differ from the names, and there is no mapping.
  Young: { oneOf: [ref('Kitten'), ref('Puppy')], discriminator: { propertyName: 'age' } },
  Many: {
    oneOf: ['a', 'b'].map((prefix) => ({
      type: 'object',
      properties: { tag: { enum: Array.from({ length: 201 }, (_, index) => `${prefix}${index}`) } },
      required: ['tag'],
    })),
  },
  JsonValue: {
    anyOf: [
      { type: ['string', 'number', 'boolean', 'null'] },
      { type: 'array', items: ref('JsonValue') },
      { type: 'object', additionalProperties: ref('JsonValue') },
    ],
  },
  Record: { type: 'array', items: ref('Record') },
  'components schemas': { type: ['array', 'null'], items: ref('components schemas') },
  [`list ${hostile}`]: { type: 'array', items: ref(`list ${hostile}`.replaceAll('~', '~0').replaceAll('/', '~1')) },
  One: { type: 'array', items: ref('Two') },
  Two: { oneOf: [{ type: 'string' }, { type: 'array', items: ref('One') }] },
  Holder: { type: 'object', properties: { lists: ref('One'), any: ref('JsonValue') } },
  'not-an identifier': { type: 'boolean' },
  Date: { type: 'string', format: 'date' },
  Yes: true,
  Alias: ref('Pet'),
};
const paths = {
  '/users/{id}': {
    put: {
      operationId: `put ${hostile}`,
      parameters: [
        { name: 'id', in: 'path', required: true, schema: { type: 'integer' } },
        { name: 'limit', in: 'query', schema: { type: 'integer', default: 20 } },
        { name: 'X-Trace', in: 'header', required: true, schema: { type: 'string' } },
        { name: hostile, in: 'query', schema: { type: 'array', items: { type: 'string' } } },
      ],
      requestBody: { required: true, content: json(ref('User')) },
      responses: {
        200: { description: 'ok', content: json(ref('User')) },
        '4XX': { description: 'no', content: json({ type: 'string' }) },
      },
    },
  },
};

test('types and validators agree, for all kinds of schemas', () => {
  write('all', apiOf(schemas, { components: { schemas }, paths }));
  expect(compile()).toBe('');
});

test('schemas with dynamic anchors compile', () => {
  // openapi-typescript does not know references by $id; only our own module is compiled.
  const linked = {
    Linked: {
      $id: 'https://example.com/tree',
      $dynamicAnchor: 'node',
      type: 'object',
      properties: { children: { type: 'array', items: { $dynamicRef: '#node' } } },
    },
    Strict: {
      $id: 'https://example.com/strict-tree',
      $dynamicAnchor: 'node',
      $ref: 'https://example.com/tree',
      unevaluatedProperties: false,
    },
  };
  const [file] = emitValidators(apiOf(linked));
  mkdirSync(join(folder, 'dynamic/src'), { recursive: true });
  writeFileSync(join(folder, 'dynamic/src/validators.ts'), file?.text ?? '');
  writeFileSync(
    join(folder, 'dynamic/src/types.ts'),
    'export type components = { schemas: { Linked: { children?: unknown[] }; Strict: unknown } };',
  );
  expect(compile()).toBe('');
});

test('the test can fail', () => {
  const api = apiOf({ A: { type: 'string' } });
  write('wrong', api);
  writeFileSync(join(folder, 'wrong/src/validators.ts'), "import { z } from 'zod';\nexport const A = z.number();\n");
  expect(compile()).toContain('wrong/test/types.ts');
  rmSync(join(folder, 'wrong'), { recursive: true });
});
