import type { ParameterShape } from '@countersign/runtime/contract';
import { describe, expect, test } from 'vitest';
import { parameterShape } from '../../scripts/model/schema/shape/parameter-shape.ts';
import type { JsonSchema } from '../../scripts/model/types.ts';

const DOCUMENT: { readonly [ref: string]: JsonSchema } = {
  '#/Id': { type: 'integer' },
  '#/Loop': { $ref: '#/Loop' },
  '#/Tree': { type: 'array', items: { $ref: '#/Tree' } },
};
type Primitive = Extract<ParameterShape, { kind: 'primitive' }>;
const primitive = (...types: Primitive['types']): Primitive => ({ kind: 'primitive', types });

describe('how the text of a parameter is parsed', () => {
  const cases: readonly (readonly [name: string, schema: JsonSchema, want: ParameterShape])[] = [
    ['one type', { type: 'integer' }, primitive('integer')],
    ['types', { type: ['null', 'string', 'number'] }, primitive('string', 'number', 'null')],
    ['or null in 3.0', { type: 'boolean', nullable: true }, primitive('boolean', 'null')],
    ['values', { enum: [1, 'a', null] }, primitive('string', 'integer', 'null')],
    ['one value', { const: 1.5 }, primitive('number')],
    ['nothing', {}, { kind: 'any' }],
    ['anything', true, { kind: 'any' }],
    ['a keyword of texts', { maxLength: 3 }, primitive('string')],
    ['reference', { $ref: '#/Id' }, primitive('integer')],
    ['unknown reference', { $ref: '#/Nobody' }, { kind: 'any' }],
    ['reference to itself', { $ref: '#/Loop' }, { kind: 'any' }],
    ['alternatives', { oneOf: [{ $ref: '#/Id' }, { type: 'string' }] }, primitive('string', 'integer')],
    ['alternatives, one open', { anyOf: [{ type: 'string' }, {}] }, { kind: 'any' }],
    ['parts', { allOf: [{ type: 'number' }, { type: 'integer' }] }, primitive('integer')],
    ['parts, in reverse order', { allOf: [{ type: 'integer' }, { type: 'number' }] }, primitive('integer')],
    ['list', { type: 'array', items: { type: 'integer' } }, { kind: 'array', items: primitive('integer') }],
    ['list of anything', { type: 'array' }, { kind: 'array', items: { kind: 'any' } }],
    [
      'list or one',
      { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] },
      { kind: 'array', items: primitive('string'), single: primitive('string') },
    ],
    [
      'object',
      { type: 'object', properties: { a: { type: 'integer' } }, additionalProperties: { type: 'boolean' } },
      { kind: 'object', properties: { a: primitive('integer') }, rest: primitive('boolean') },
    ],
    [
      'object in parts',
      { allOf: [{ properties: { a: { type: 'integer' } } }, { type: 'object', properties: { b: true } }] },
      { kind: 'object', properties: { a: primitive('integer'), b: { kind: 'any' } } },
    ],
  ];
  test.each(cases)('%s', (_, schema, want) => {
    expect(parameterShape(schema, (ref) => DOCUMENT[ref])).toEqual(want);
  });

  test('a recursive schema is parsed without a loop', () => {
    expect(JSON.stringify(parameterShape({ $ref: '#/Tree' }, (ref) => DOCUMENT[ref]))).toContain('any');
  });

  test('a property named __proto__ is an ordinary property', () => {
    const properties = JSON.parse('{"__proto__":{"type":"integer"}}');
    const shape = parameterShape({ type: 'object', properties }, () => undefined);
    expect(shape.kind === 'object' && Object.entries(shape.properties)).toEqual([['__proto__', primitive('integer')]]);
  });
});
