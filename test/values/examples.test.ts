import { describe, expect, it } from 'vitest';
import { createValueMaker } from '../../runtime/values/index.ts';
import type { SchemaObject } from '../../runtime/values/types.ts';

const note = {
  type: 'object',
  required: ['id', 'text'],
  properties: {
    id: { type: 'string', readOnly: true },
    text: { type: 'string' },
    secret: { type: 'string', writeOnly: true },
    by: { $ref: '#/components/schemas/Person' },
  },
};
const shown = { id: 'n1', text: 'Buy milk', secret: 's3', by: { name: 'Ada', born: '1815' } };
const response = { id: 'n1', text: 'Buy milk', by: { name: 'Ada', born: '1815' } };
const request = { text: 'Buy milk', secret: 's3', by: { name: 'Ada' } };
const Person = { type: 'object', properties: { name: { type: 'string' }, born: { type: 'string', readOnly: true } } };
const ref = { $ref: '#/components/schemas/Note' };
const at = (example: object): SchemaObject => ({ ...note, ...example });

/** The schema Note, the schema of the value, and the value. */
const CASES: readonly (readonly [string, SchemaObject, SchemaObject, unknown])[] = [
  ['an object with its example', at({ example: shown }), at({ example: shown }), response],
  ['the first of several', at({ examples: [shown, { id: 'n2', text: '' }] }), ref, response],
  ['behind a reference', at({ example: shown }), ref, response],
  ['behind a reference with a description', at({ example: shown }), { ...ref, description: 'The note.' }, response],
  ['as the only part of allOf', at({ example: shown }), { allOf: [ref], description: 'The note.' }, response],
  ['in a list', at({ example: shown }), { type: 'array', items: ref, minItems: 1, maxItems: 1 }, [response]],
  [
    'of an object that contains it',
    at({ example: shown }),
    { ...ref, example: { id: 'own', text: '' } },
    { id: 'own', text: '' },
  ],
  [
    'of the whole composition',
    at({ example: shown }),
    { allOf: [ref, { required: ['more'] }], example: { id: 'n2', text: '', more: 1 } },
    { id: 'n2', text: '', more: 1 },
  ],
];

describe('the example of an object', () => {
  it.each(CASES)('%s', (_, Note, schema, want) => {
    const make = createValueMaker({ components: { schemas: { Note, Person } } });
    expect(make({ schema, direction: 'response' }).value).toEqual(want);
  });

  it('omits readOnly properties in a request', () => {
    const make = createValueMaker({ components: { schemas: { Note: at({ example: shown }), Person } } });
    expect(make({ schema: ref, direction: 'request' }).value).toEqual(request);
  });

  it.each([
    ['a seed', { seed: '1' }],
    ['only what is required', { minimal: true }],
  ])('is not used with %s', (_, more) => {
    const make = createValueMaker({ components: { schemas: { Note: at({ example: shown }), Person } } });
    expect(make({ schema: ref, direction: 'response', ...more }).value).not.toMatchObject({ text: 'Buy milk' });
  });

  it('does not prevent the examples of properties if it is invalid', () => {
    const properties = { id: { type: 'string', example: 'n7' }, text: { type: 'string', example: 'Call' } };
    const Note = { ...note, properties, example: { id: 7 } };
    const make = createValueMaker({ components: { schemas: { Note, Person } } });
    const isValid = (value: unknown): boolean => typeof (value as { id: unknown }).id === 'string';
    expect(make({ schema: ref, direction: 'response', isValid }).value).toEqual({ id: 'n7', text: 'Call' });
  });

  it('is not used for a part of a composition', () => {
    const make = createValueMaker({ components: { schemas: { Note: at({ example: shown }), Person } } });
    const schema = { allOf: [ref, { type: 'object', required: ['more'], properties: { more: { type: 'integer' } } }] };
    expect(make({ schema, direction: 'response' }).value).toMatchObject({ more: expect.any(Number) });
  });
});

describe('the example of a value', () => {
  const Color = { type: 'string', enum: ['red', 'green', 'blue'] };
  const color = { $ref: '#/components/schemas/Color' };
  const values: readonly (readonly [what: string, schema: SchemaObject, want: unknown])[] = [
    ['of an enum', { ...Color, example: 'blue' }, 'blue'],
    ['of an enum, as examples', { ...Color, examples: ['purple', 'green'] }, 'green'],
    ['of an enum, as default', { ...Color, default: 'green' }, 'green'],
    ['of an enum of numbers', { type: 'integer', enum: [1, 2], example: 2 }, 2],
    ['of an enum of objects', { enum: [{ a: 1 }, { a: 2 }], example: { a: 2 } }, { a: 2 }],
    ['beside a reference to an enum', { ...color, example: 'blue' }, 'blue'],
    ['beside a reference to an enum, as default', { ...color, default: 'blue' }, 'blue'],
    ['of an enum with null', { enum: ['a', 'b', null], example: null }, null],
    ['that an enum does not list', { ...Color, example: 'purple' }, 'red'],
    ['that a constant excludes', { const: 'a', example: 'b' }, 'a'],
    ['null', { type: ['string', 'null'], example: null }, null],
    ['null, by anyOf', { anyOf: [{ type: 'string' }, { type: 'null' }], example: null }, null],
    ['null, before others', { type: ['string', 'null'], examples: [null, 'a'] }, 'a'],
    ['null, alone in a list', { type: ['string', 'null'], examples: [null] }, null],
    ['null where it is not valid', { type: 'string', example: null, default: 'a' }, 'a'],
    ['null, as default: optional values have it', { type: ['string', 'null'], default: null, example: 'a' }, 'a'],
  ];
  it.each(values)('%s', (_, schema, want) => {
    const make = createValueMaker({ components: { schemas: { Color } } });
    expect(make({ schema, direction: 'response' }).value).toEqual(want);
    const object = { type: 'object', properties: { a: schema } };
    expect(make({ schema: object, direction: 'response' }).value).toEqual({ a: want });
  });

  it('is not null by default', () => {
    const make = createValueMaker({ components: { schemas: {} } });
    const schema = { type: ['string', 'null'], default: null };
    expect(make({ schema, direction: 'response' }).value).toEqual(expect.any(String));
  });
});
