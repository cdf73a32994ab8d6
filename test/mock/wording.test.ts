import { describe, expect, it } from 'vitest';
import { createValidators } from '../../runtime/mock/validators.ts';

const object = (properties: object) => ({ type: 'object', properties });
const pet = (kind: string) => ({ type: 'object', required: ['kind'], properties: { kind: { const: kind } } });

/** Compares with the messages of generated servers. Ajv compiles the last row. */
const ISSUES: readonly (readonly [kind: string, schema: object, value: unknown, want: string])[] = [
  ['type', { type: 'integer' }, 'x', ': Invalid input: expected integer, received string'],
  ['types', { type: ['integer', 'null'] }, 'x', ': Invalid input: expected integer or null, received string'],
  ['nullable', { type: 'integer', nullable: true }, 'x', ': Invalid input: expected integer or null, received string'],
  [
    'an integer with digits that a number loses',
    { type: 'integer' },
    2n,
    ': Invalid input: expected integer, received bigint',
  ],
  ['required', { ...object({}), required: ['a'] }, {}, 'a: Invalid input: required'],
  ['enum', object({ a: { enum: ['x', 'y'] } }), { a: 'z' }, 'a: Invalid option: expected one of "x"|"y"'],
  ['const', { const: 1 }, 2, ': Invalid input: expected 1'],
  ['minLength', { type: 'string', minLength: 3 }, 'x', ': Too small: expected string to have >=3 characters'],
  ['minimum', { type: 'array', items: { minimum: 3 } }, [1], '0: Too small: expected number to be >=3'],
  ['pattern', { pattern: '^a' }, 'b', ': Invalid string: must match pattern /^a/u'],
  ['format', { type: 'string', format: 'date' }, 'x', ': Invalid date'],
  ['additionalProperties', { additionalProperties: false }, { b: 1 }, 'b: Invalid input: no value is allowed here'],
  [
    'an undeclared discriminator',
    { oneOf: [pet('cat'), pet('dog')] },
    { kind: 'cow' },
    'kind: Invalid discriminator: expected one of "cat"|"dog"',
  ],
  [
    'anyOf',
    { anyOf: [{ type: 'string' }, { minimum: 3 }] },
    1,
    ': No alternative matches: Invalid input: expected string, received number; or Too small: expected number to be >=3',
  ],
  [
    'a property name that URIs cannot contain',
    object({ 'a\ud800': { type: 'string' } }),
    { 'a\ud800': 1 },
    'a\ud800: Invalid input: expected string, received number',
  ],
  ['$id', { $id: 'http://example.com/s', enum: ['x', 'y'] }, 'z', ': Invalid option: expected one of "x"|"y"'],
];

describe('the mock words errors like generated servers', () => {
  it.each(ISSUES)('%s', async (_, schema, value, want) => {
    const validator = createValidators({ components: { schemas: { S: schema } } }, 'request').at(
      '/components/schemas/S',
    );
    const { issues = [] } = await validator['~standard'].validate(value);
    expect(issues.map(({ path = [], message }) => `${path.join('.')}: ${message}`)).toEqual([want]);
    expect(validator.accepts(value)).toBe(false);
  });
});
