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
