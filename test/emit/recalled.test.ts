import { afterAll, describe, it } from 'vitest';
import type { Json } from './change-anywhere.ts';
import { compare, compareChanges, removeFolder, type Settings, SMALL_DOCUMENTS } from './recalled-files.ts';

afterAll(removeFolder);

const BASE: Json = {
  openapi: '3.1.1',
  info: { title: 'Shop', version: '1' },
  paths: {
    '/pets/{id}': {
      put: {
        operationId: 'putPet',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Pet' } } } },
        responses: {
          200: {
            description: 'OK',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Owner' } } },
          },
        },
      },
    },
  },
  components: {
    schemas: {
      Tag: { type: 'string', minLength: 1, maxLength: 20 },
      Pet: {
        type: 'object',
        required: ['kind'],
        properties: {
          kind: { const: 'pet' },
          tag: { $ref: '#/components/schemas/Tag' },
          size: { type: 'integer', format: 'int64' },
          since: { type: 'string', format: 'time' },
          for: { type: 'string', format: 'duration' },
        },
      },
      Shop: { type: 'object', required: ['kind'], properties: { kind: { const: 'shop' } } },
      Owner: {
        type: 'object',
        properties: {
          pets: { type: 'array', items: { $ref: '#/components/schemas/Pet' } },
          of: { oneOf: [{ $ref: '#/components/schemas/Pet' }, { $ref: '#/components/schemas/Shop' }] },
        },
      },
    },
  },
};

type Change = readonly [what: string, from: string | RegExp, to: string];
const TAG = '"Tag":{"type":"string","minLength":1,"maxLength":20}';

describe('after a change, the files with results of the run before are those of a run without', () => {
  it.each<Change>([
    ['nothing', '', ''],
    ['a default of a referenced schema', TAG, '"Tag":{"type":"string","default":"a"}'],
    ['a referenced schema becomes required text of another length', '"maxLength":20', '"maxLength":30'],
    ['a referenced schema is left to zod', TAG, '"Tag":{"type":"string","format":"binary"}'],
    [
      'a referenced schema needs its evaluated properties',
      TAG,
      '"Tag":{"unevaluatedProperties":false,"properties":{"a":true}}',
    ],
    ['a referenced schema becomes readOnly', TAG, '"Tag":{"type":"string","readOnly":true}'],
    ['a referenced schema becomes writeOnly', TAG, '"Tag":{"type":"string","writeOnly":true}'],
    [
      'a referenced schema becomes recursive',
      TAG,
      '"Tag":{"type":"object","properties":{"pet":{"$ref":"#/components/schemas/Pet"}}}',
    ],
    ['a component is renamed', /\bTag\b/g, 'Label'],
    ['a component gets the name of a helper', /\bTag\b/g, 'z'],
    ['a first component with the same name in TypeScript', '"schemas":{', '"schemas":{"tag":{"type":"null"},'],
    ['a first component', '"schemas":{', '"schemas":{"First":{"type":"object","properties":{"a":{"enum":[1,2,3,4]}}},'],
    ['components change places', /("Tag":.*?),("Pet":.*),("Shop":)/, '$2,$1,$3'],
    [
      'a discriminator',
      '"of":{',
      '"of":{"discriminator":{"propertyName":"kind","mapping":{"pet":"Pet","shop":"Shop"}},',
    ],
    ['a constant of an alternative', '"const":"shop"', '"const":"pet"'],
    ['a component that extends another', '"Shop":{', '"Dog":{"allOf":[{"$ref":"#/components/schemas/Pet"}]},"Shop":{'],
    [
      'an extended component with a discriminator',
      '"Pet":{',
      '"Dog":{"allOf":[{"$ref":"#/components/schemas/Pet"}]},"Pet":{"discriminator":{"propertyName":"kind"},',
    ],
    ['a dynamic anchor', '"Shop":{', '"Shop":{"$dynamicAnchor":"shop",'],
    ['a description of a component', '"Shop":{', '"Shop":{"description":"A shop.",'],
    ['a summary', '"operationId"', '"summary":"Change a pet","operationId"'],
    ['an operation is renamed', 'putPet', 'changePet'],
    [
      'a parameter',
      '"parameters":[',
      '"parameters":[{"name":"q","in":"query","schema":{"type":"boolean","default":true}},',
    ],
    ['a status', '"responses":{', '"responses":{"404":{"description":"None"},'],
  ])('%s', async (what, from, to) => {
    await compare(BASE, what);
    const text = JSON.stringify(BASE).replace(from, to);
    await compare(JSON.parse(text) as Json, what);
    await compare(BASE, what);
  });

  it.each<[what: string, settings: Settings]>([
    ['unknown properties are omitted', { unknownKeys: 'strip' }],
    ['durations with fractions', { formats: { duration: 'fractions' } }],
    ['times without an offset', { formats: { time: 'optionalOffset' } }],
    ['64-bit integers as bigint', { int64: 'bigint' }],
    ['64-bit integers as strings', { int64: 'string' }],
  ])('of settings: %s', async (what, settings) => {
    await compare(BASE, what);
    await compare(BASE, what, settings);
    await compare(BASE, what);
  });
});

it.each(SMALL_DOCUMENTS)('after changes anywhere in a public document: %s', (name, file) =>
  compareChanges(name, file, 3),
);
