import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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
  ByColor: { type: 'object', propertyNames: ref('Colors'), additionalProperties: { type: 'integer' } },
  Colors: { type: 'string', enum: ['red', 'blue'] },
  ByColorAndMore: {
    type: 'object',
    properties: { red: { type: 'string' } },
    required: ['blue'],
    propertyNames: { allOf: [ref('Colors'), { enum: ['red', 'blue', 'green'] }] },
    additionalProperties: ref('Pet'),
  },
  Listed: { type: 'object', propertyNames: { enum: ['a', 'b'] } },
  Numbers: { type: 'object', patternProperties: { '^(.*)$': { type: 'number' } } },
  NumbersAndTexts: {
    type: 'object',
    properties: { a: { type: 'string' } },
    patternProperties: { '^.*$': { type: ['string', 'number'] } },
  },
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
    // springdoc declares each response as any media type.
    post: {
      operationId: 'post any',
      responses: {
        200: { description: 'ok', content: { '*/*': { schema: ref('User') } } },
        400: { description: 'no', content: { 'application/*': { schema: { type: 'array', items: ref('Pet') } } } },
        default: { description: 'text', content: { '*/*': { schema: { type: 'string' } } } },
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

const object = (type: string) => ({ type: 'object', properties: { value: { type } }, required: ['value'] });
const mutable = apiOf(
  { A: object('string') },
  {
    paths: {
      '/{id}': {
        put: {
          operationId: 'put',
          parameters: [
            { name: 'id', in: 'path', required: true, schema: { type: 'integer' } },
            { name: 'limit', in: 'query', schema: { type: 'integer' } },
            { name: 'page', in: 'query', schema: { type: 'integer' } },
            { name: 'X-Trace', in: 'header', required: true, schema: { type: 'string' } },
            { name: 'session', in: 'cookie', schema: { type: 'string' } },
          ],
          requestBody: { content: { ...json(object('string')), 'text/plain': { schema: { type: 'string' } } } },
          responses: {
            200: { description: 'ok', content: json(object('number')) },
            '4XX': { description: 'no', content: json(object('boolean')) },
            default: { description: 'other', content: json({ type: 'array', items: ref('A') }) },
          },
        },
      },
    },
  },
);

test('the test fails for each wrong or missing type and validator', () => {
  const mutations: readonly (readonly [file: 'types' | 'validators', from: RegExp, to: string, part: string])[] = [
    ['types', /id: number;/, 'id: string;', '"path"'],
    ['types', /id: number;/, '', '"path"'],
    ['types', /limit\?: number;/, 'limit: number;', '"query"'],
    ['types', /limit\?: number;/, '', '"query"'],
    ['types', /page\?: number;/, 'page?: number | string;', '"query"'],
    ['types', /"X-Trace": string;/, '"X-Trace": number;', '"headers"'],
    ['types', /"X-Trace": string;/, '"X-Trace"?: string;', '"headers"'],
    ['types', /session\?: string;/, 'session?: "a";', '"cookies"'],
    ['types', /(requestBody\?: \{[^}]*"application\/json": \{[^}]*value: )string/, '$1number', '"body"'],
    ['types', /"text\/plain": string;/, '', '"body"'],
    ['types', /"text\/plain": string;/, '"text/plain": "a";', '"body"'],
    ['types', /requestBody\?:/, 'other?:', '"body"'],
    ['types', /value: number;/, 'value: number | string;', '[200,'],
    ['types', /value: number;/, 'value: 1;', '[200,'],
    ['types', /200: \{/, '201: {', '[200,'],
    ['types', /value: boolean;/, 'value: true;', '["4XX",'],
    ['types', /"4XX": \{/, '"5XX": {', '["4XX",'],
    ['types', /components\["schemas"\]\["A"\]\[\]/, 'string[]', '["default",'],
    ['types', /(schemas: \{\s+A: \{\s+value: )string/, '$1number', '["wrong output"]'],
    ['validators', /(putValidators: \{[\s\S]*?)path:/, '$1other:', '"path"'],
    ['validators', /(putValidators: \{[\s\S]*?)body:/, '$1other:', '"body"'],
    ['validators', /(putValidators: \{[\s\S]*?)'text\/plain':/, "$1'text/html':", '"body"'],
    ['validators', /(putValidators: \{[\s\S]*?)'200':/, "$1'201':", '[200,'],
    ['validators', /(putValidators: \{[\s\S]*?)responses:/, '$1other:', '["4XX",'],
    ['validators', /(putValidators: \{[\s\S]*?)z\.ZodNumber/, '$1z.ZodString', '"path"'],
  ];
  const folders = mutations.map(([file, from, to], index) => {
    const name = `mutation-${index}`;
    write(name, mutable);
    const path = join(folder, name, `src/${file}.ts`);
    const text = readFileSync(path, 'utf8');
    expect(text.replace(from, to), `${file}: ${from}`).not.toBe(text);
    writeFileSync(path, text.replace(from, to));
    return name;
  });
  write('unchanged', mutable);
  const lines = compile().split(/\n(?=\S)/);
  const found = mutations.map(([file, from, to, part], index) => {
    const shown = lines.filter((line) => line.startsWith(`mutation-${index}/test/types.ts`)).join('\n');
    return [file, String(from), to, shown.includes(part) ? part : shown];
  });
  expect(found).toEqual(mutations.map(([file, from, to, part]) => [file, String(from), to, part]));
  expect(lines.filter((line) => line.startsWith('unchanged'))).toEqual([]);
  for (const name of [...folders, 'unchanged']) rmSync(join(folder, name), { recursive: true });
});
