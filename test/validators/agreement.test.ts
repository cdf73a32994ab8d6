import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emitTypes } from '../../scripts/emit/types/emit-types.ts';
import { emitTypeTests, emitValidators } from '../../scripts/emit/validators/emit-validators.ts';
import { checkPackages } from '../emit/check-packages.ts';
import { apiOf } from './fixture.ts';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const open = (properties: object, ...required: readonly string[]) => ({ type: 'object', properties, required });
const text = { type: 'string' };

type Given = {
  /** The values are for the first one. */
  readonly schemas: { readonly [name: string]: unknown };
  readonly paths?: { readonly [path: string]: unknown };
  /** A value that JSON cannot express is the result of a function. */
  readonly accepted: readonly unknown[];
  readonly refused: readonly unknown[];
};

const node = ref('Holder/$defs/node');
const member = ref('Outer/properties/inner');

/** The validator accepts what the compiler accepts for a schema, and rejects what the compiler rejects. */
const GIVEN: { readonly [what: string]: Given } = {
  'a nested schema that contains itself in two ways': {
    schemas: {
      Holder: {
        type: 'object',
        properties: { first: node },
        $defs: {
          node: open({ list: { type: 'array', items: node }, map: { type: 'object', additionalProperties: node } }),
        },
      },
    },
    accepted: [{ first: { list: [{ map: { a: { list: [] } } }] } }],
    refused: [{ first: { list: [{ map: { a: { list: 1 } } }] } }, { first: { map: { a: 'text' } } }],
  },
  'a property that contains itself': {
    schemas: { Outer: open({ inner: { ...open({ left: member, right: member }), maxProperties: 1 } }) },
    accepted: [{ inner: { left: { right: { left: {} } } } }],
    refused: [{ inner: { left: { right: { left: 1 } } } }],
  },
  'an object with an enum': {
    schemas: {
      Vehicle: { ...open({ kind: text }), enum: [{ kind: 'car' }, { kind: 'van' }] },
      Wrong: { ...open({ kind: text }), enum: ['car', 'van'] },
      Bare: { type: 'object', enum: ['car'] },
    },
    accepted: [{ kind: 'car' }],
    refused: [{ kind: 1 }, 'car'],
  },
  'an enum whose type allows null and which does not': {
    schemas: { Pay: open({ by: { type: ['string', 'null'], enum: ['cash', 'card'] } }) },
    accepted: [{ by: 'cash' }],
    refused: [{ by: null }, { by: 'coin' }],
  },
  'an enum with the nullable of OpenAPI 3.0': {
    schemas: { Pay: open({ by: { type: 'string', nullable: true, enum: ['cash', 'card'] } }) },
    accepted: [{ by: 'cash' }, { by: null }],
    refused: [{ by: 'coin' }],
  },
  'an enum with values of another type': {
    schemas: { Answer: open({ given: { type: 'string', enum: [true, 'no'] } }) },
    accepted: [{ given: 'no' }],
    refused: [{ given: true }],
  },
  'an enum with only values of another type': {
    schemas: { Answer: open({ given: { type: 'string', enum: [969, 556] } }) },
    accepted: [{}],
    refused: [{ given: 969 }, { given: '969' }],
  },
  'a reference beside nullable': {
    schemas: { Order: open({ by: { ...ref('Person'), nullable: true } }), Person: open({ name: text }, 'name') },
    accepted: [{ by: null }, { by: { name: 'Ann' } }],
    refused: [{ by: {} }],
  },
  'a file that may be null': {
    schemas: { Upload: open({ file: { type: ['string', 'null'], format: 'binary' } }) },
    accepted: [{ file: null }, {}, () => ({ file: new Blob() })],
    refused: [{ file: 1 }],
  },
  'a property that a part of the composition requires': {
    schemas: {
      Whole: { allOf: [ref('Base'), { type: 'object', required: ['own', 'base'] }], properties: { own: text } },
      Base: open({ base: text }),
      Holder: open({
        whole: { allOf: [ref('Base'), { type: 'object', required: ['own', 'base'] }], properties: { own: text } },
      }),
    },
    accepted: [{ own: '', base: '' }],
    refused: [{ own: '' }, { base: '' }],
  },
  'a property that only a nested part declares': {
    schemas: {
      Whole: { allOf: [ref('Part')], required: ['deep'], properties: { own: text } },
      Part: { allOf: [ref('Base')] },
      Base: open({ deep: text, other: text }),
      Holder: open({ whole: { allOf: [ref('Part'), { required: ['deep'] }] } }),
    },
    accepted: [{ deep: '' }],
    refused: [{}, { own: '' }, { deep: 1 }],
  },
  'properties beside anyOf': {
    schemas: { Query: { ...open({ id: text }, 'id'), anyOf: [open({ a: text }, 'a'), open({ b: text }, 'b')] } },
    accepted: [
      { id: '', a: '' },
      { id: '', b: '' },
    ],
    refused: [{ a: '' }, { id: '', a: 1 }, { id: 1, b: '' }],
  },
  'properties beside anyOf with only required': {
    schemas: { Query: { ...open({ a: text, b: text }), anyOf: [{ required: ['a'] }, { required: ['b'] }] } },
    accepted: [{ a: '' }, { b: '' }],
    refused: [{ a: 1 }, { b: 1 }, 'text'],
  },
  'allOf beside anyOf': {
    schemas: { Both: { allOf: [ref('Named')], anyOf: [open({ a: text }, 'a')] }, Named: open({ name: text }, 'name') },
    accepted: [{ name: '', a: '' }],
    refused: [{ name: '' }, { a: '' }],
  },
  'a part that is true': {
    schemas: { Whole: { allOf: [true, open({ a: text }, 'a')] } },
    accepted: [{ a: '' }],
    refused: [{}],
  },
  'required properties of a nullable object': {
    schemas: {
      More: { type: 'object', allOf: [ref('Maybe')], required: ['c'] },
      Maybe: { ...open({ c: text, d: text }), type: ['object', 'null'] },
      Untyped: { allOf: [ref('Maybe')], required: ['c'] },
    },
    accepted: [{ c: '' }, { c: '', d: '' }],
    refused: [{}, { c: 1 }, null],
  },
  'parts of an operation that others refer to': {
    schemas: { Filter: open({ name: text }, 'name') },
    paths: {
      '/a': {
        post: {
          operationId: 'a',
          parameters: [
            { name: 'limit', in: 'query', schema: { type: 'integer' } },
            { name: 'filter', in: 'query', required: true, content: { 'application/json': { schema: ref('Filter') } } },
          ],
          requestBody: { required: true, content: { 'application/json': { schema: ref('Filter') } } },
          responses: {
            200: {
              description: 'ok',
              headers: { 'X-Count': { schema: { type: 'integer' } } },
              content: { 'application/json': { schema: ref('Filter') } },
            },
          },
        },
      },
      '/b': {
        post: {
          operationId: 'b',
          parameters: [{ $ref: '#/paths/~1a/post/parameters/0' }, { $ref: '#/paths/~1a/post/parameters/1' }],
          requestBody: { $ref: '#/paths/~1a/post/requestBody' },
          responses: {
            200: { $ref: '#/paths/~1a/post/responses/200' },
            202: {
              description: 'later',
              headers: { 'X-Count': { $ref: '#/paths/~1a/post/responses/200/headers/X-Count' } },
            },
          },
        },
      },
    },
    accepted: [{ name: '' }],
    refused: [{}],
  },
  'a schema that extends one with a discriminator and narrows its property': {
    schemas: {
      Add: { type: 'object', allOf: [ref('Request')], properties: { class: { ...text, enum: ['Add'] }, n: text } },
      Request: { ...open({ class: text }, 'class'), discriminator: { propertyName: 'class' } },
    },
    accepted: [{ class: 'Add', n: '' }],
    refused: [{ class: 'Remove' }, { n: '' }, { class: 'Add', n: 1 }],
  },
  'a schema whose own values are not its name': {
    schemas: {
      Add: { allOf: [ref('Request'), open({ class: { const: 'add-it' } })] },
      Request: { ...open({ class: text }, 'class'), discriminator: { propertyName: 'class' } },
    },
    accepted: [{ class: 'add-it' }],
    refused: [{ class: 'Add' }, {}],
  },
  'a property with a discriminator': {
    schemas: {
      Owner: open({
        pet: { allOf: [ref('Pet')], description: 'A pet.' },
        more: { allOf: [ref('Pet'), open({ age: { type: 'integer' } }, 'age')] },
        chosen: { allOf: [ref('Chosen'), open({ age: { type: 'integer' } }, 'age')] },
        inline: { allOf: [{ oneOf: [ref('Cat'), ref('Dog')], discriminator: { propertyName: 'kind' } }] },
      }),
      Pet: { ...open({ kind: text }, 'kind'), discriminator: { propertyName: 'kind' } },
      Chosen: { oneOf: [ref('Cat'), ref('Dog')], discriminator: { propertyName: 'kind' } },
      Cat: open({ kind: { const: 'Cat' }, lives: { type: 'integer' } }, 'kind', 'lives'),
      Dog: open({ kind: { const: 'Dog' }, barks: { type: 'boolean' } }, 'kind', 'barks'),
    },
    accepted: [
      { pet: { kind: 'any' }, more: { kind: 'any', age: 1 } },
      { chosen: { kind: 'Cat', lives: 7, age: 1 }, inline: { kind: 'Dog', barks: true } },
    ],
    refused: [
      { pet: {} },
      { more: { age: 1 } },
      { chosen: { lives: 7, age: 1 } },
      { chosen: { kind: 'Cat', barks: true, age: 1 } },
      { inline: { kind: 'Dog', lives: 7 } },
    ],
  },
  'heirs of heirs, the first of which stands last': {
    schemas: {
      Leaf: { allOf: [ref('Mid'), open({ leaf: text }, 'leaf')] },
      Mid: { allOf: [ref('Base'), open({ mid: text }, 'mid')] },
      Base: {
        ...open({ t: text }, 't'),
        discriminator: {
          propertyName: 't',
          mapping: { mid: '#/components/schemas/Mid', leaf: 'Leaf', leaf2: '#/components/schemas/Leaf' },
        },
      },
      Holder: open({ mid: ref('Mid'), leaves: { type: 'array', items: ref('Leaf') } }),
    },
    accepted: [
      { t: 'leaf', mid: '', leaf: '' },
      { t: 'leaf2', mid: '', leaf: '' },
    ],
    refused: [
      { mid: '', leaf: '' },
      { t: 'leaf', mid: '' },
    ],
  },
  'defaults that their schemas forbid': {
    schemas: {
      Settings: open({
        part: { allOf: [{ ...text, enum: ['a', 'b'] }], default: 'zz' },
        members: { ...open({ z: text }, 'z'), default: {} },
        referred: { allOf: [ref('Kind')], default: 5 },
        either: { anyOf: [ref('Kind'), { type: 'null' }], default: 'zz' },
      }),
      Kind: { ...text, enum: ['a', 'b'] },
    },
    accepted: [{}, { part: 'a', members: { z: '' }, referred: 'b', either: null }],
    refused: [{ part: 'zz' }, { members: {} }, { referred: 5 }, { either: 'zz' }],
  },
  'a map without a type': {
    schemas: {
      Holder: open({ map: ref('Map') }),
      Map: { additionalProperties: true },
      Loose: { additionalProperties: {} },
    },
    accepted: [{ map: { a: 1 } }, {}],
    refused: [1],
  },
};

const folder = mkdtempSync(join(tmpdir(), 'countersign-agreement-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let said: readonly string[];

const textOf = (value: unknown): string => (typeof value === 'function' ? `(${value})()` : JSON.stringify(value));

/**
 * A module that compiles only if the values have the type, or do not have it. It prints the result of the validator.
 */
function valuesModule(what: string, { schemas, accepted, refused }: Given): string {
  const [name = ''] = Object.keys(schemas);
  const constants = [
    ...accepted.map((value) => `check(true, ${textOf(value)});`),
    ...refused.map((value) => `// @ts-expect-error\ncheck(false, ${textOf(value)});`),
  ];
  return `import type { components } from './types.ts';
import { ${name} } from './validators.ts';

function check(wanted: boolean, value: components['schemas']['${name}']): void {
  const { success } = ${name}.safeParse(value);
  if (success !== wanted) console.log('${folderOf(what)}/:', success ? 'accepted' : 'rejected', JSON.stringify(value));
}
${constants.join('\n')}
`;
}

const folderOf = (what: string): string => what.replaceAll(' ', '-');

beforeAll(() => {
  const packages = Object.entries(GIVEN).map(([what, given]) => {
    const api = apiOf(given.schemas, { components: { schemas: given.schemas }, paths: given.paths ?? {} });
    const files = [...emitTypes(api), ...emitValidators(api)];
    const tests = emitTypeTests(api).map(({ text }) => ({
      path: 'src/agree.ts',
      text: text.replaceAll('../src/', './'),
    }));
    return [folderOf(what), [...files, ...tests, { path: 'src/values.ts', text: valuesModule(what, given) }]] as const;
  });
  said = checkPackages(folder, Object.fromEntries(packages));
});

test.each(Object.keys(GIVEN))('the type and the validator agree on %s', (what) => {
  expect(said.filter((line) => line.includes(`${folderOf(what)}/`))).toEqual([]);
});

test('and the compiler reports nothing else', () => {
  expect(said).toEqual([]);
});
