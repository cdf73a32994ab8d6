import { describe, expect, it } from 'vitest';
import { createValidators } from '../../runtime/mock/validators.ts';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const tagged = (kind: object | string, more: object = {}, required: readonly string[] = ['kind']) => ({
  type: 'object',
  required,
  properties: { kind: typeof kind === 'string' ? { const: kind } : kind, ...more },
});

type Case = { readonly schemas: object; readonly accepted: readonly unknown[]; readonly rejected: readonly unknown[] };

/** Unions without a discriminator, whose first alternatives have a property that distinguishes them. */
const CASES: { readonly [name: string]: Case } = {
  'by const': {
    schemas: { S: { oneOf: [tagged('a', { n: { type: 'integer' } }), tagged('b', { n: { type: 'string' } })] } },
    accepted: [{ kind: 'a', n: 1 }, { kind: 'b', n: 'x' }, { kind: 'b' }],
    rejected: [{ kind: 'a', n: 'x' }, { kind: 'b', n: 1 }, { kind: 'c' }, {}, 'a', null, []],
  },
  'by enum of several': {
    schemas: { S: { anyOf: [tagged({ enum: ['a', 'b'] }, { n: { type: 'integer' } }), tagged({ enum: ['c'] })] } },
    accepted: [{ kind: 'a', n: 1 }, { kind: 'b' }, { kind: 'c', n: 'any' }],
    rejected: [{ kind: 'b', n: 'x' }, { kind: 'd' }],
  },
  'by references with allOf': {
    schemas: {
      S: { oneOf: [ref('A'), ref('B')] },
      Base: { type: 'object', required: ['kind', 'id'], properties: { id: { type: 'integer' } } },
      A: { allOf: [ref('Base'), { properties: { kind: { const: 'a' } } }] },
      B: { allOf: [ref('Base'), { properties: { kind: ref('OfB') } }] },
      OfB: { type: 'string', enum: ['b'] },
    },
    accepted: [
      { kind: 'a', id: 1 },
      { kind: 'b', id: 2 },
    ],
    rejected: [{ kind: 'a' }, { kind: 'b', id: 'x' }, { kind: 'x', id: 1 }],
  },
  'unions inside unions': {
    schemas: {
      S: { oneOf: [ref('Two'), tagged('c', { n: { type: 'boolean' } })] },
      Two: { oneOf: [tagged('a', { n: { type: 'integer' } }), tagged('b')] },
    },
    accepted: [
      { kind: 'a', n: 1 },
      { kind: 'b', n: 'any' },
      { kind: 'c', n: true },
    ],
    rejected: [{ kind: 'a', n: true }, { kind: 'c', n: 1 }, { kind: 'd' }],
  },
  'with null': {
    schemas: { S: { oneOf: [{ type: 'null' }, tagged('a'), tagged('b')] } },
    accepted: [null, { kind: 'a' }],
    rejected: [{}, { kind: 'c' }, 0],
  },
  'values that overlap: both alternatives are tried': {
    schemas: { S: { oneOf: [tagged({ enum: ['a', 'b'] }), tagged({ enum: ['b', 'c'] })] } },
    accepted: [{ kind: 'a' }, { kind: 'c' }],
    rejected: [{ kind: 'b' }],
  },
  'a property that is not required: an object without it is valid by both': {
    schemas: { S: { oneOf: [tagged('a', {}, []), tagged('b')] } },
    accepted: [{}, { kind: 'a' }, { kind: 'b' }],
    rejected: [{ kind: 'c' }],
  },
  'no type: a value that is not an object is valid by both': {
    schemas: {
      S: {
        oneOf: [
          { required: ['kind'], properties: { kind: { const: 'a' } } },
          { required: ['kind'], properties: { kind: { const: 'b' } } },
        ],
      },
    },
    accepted: [{ kind: 'a' }],
    rejected: ['text', 1, { kind: 'c' }],
  },
  'a property that only responses have': {
    schemas: {
      S: { oneOf: [tagged({ const: 'a', readOnly: true }), tagged({ const: 'b', readOnly: true })] },
    },
    accepted: [{ kind: 'a' }],
    rejected: [{ kind: 'c' }, {}],
  },
  'the property is a name of JSON Schema': {
    schemas: {
      S: {
        oneOf: [
          { type: 'object', required: ['enum'], properties: { enum: { const: 'a' }, const: { type: 'integer' } } },
          { type: 'object', required: ['enum'], properties: { enum: { const: 'b' }, const: ref('T') } },
        ],
      },
      T: { type: 'boolean' },
    },
    accepted: [
      { enum: 'a', const: 1 },
      { enum: 'b', const: true },
    ],
    rejected: [{ enum: 'a', const: true }, { enum: 'b', const: 1 }, { enum: 'c' }],
  },
  'data that looks like a reference': {
    schemas: { S: { oneOf: [{ const: { $ref: '#/components/schemas/T' } }, { type: 'integer' }] }, T: {} },
    accepted: [{ $ref: '#/components/schemas/T' }, 1],
    rejected: [{}, 'x'],
  },
  'unevaluatedProperties sees what a reference evaluates': {
    schemas: {
      S: { allOf: [ref('U')], unevaluatedProperties: false },
      U: { oneOf: [tagged('a', { x: {} }), tagged('b', { y: {} })] },
    },
    accepted: [
      { kind: 'a', x: 1 },
      { kind: 'b', y: 1 },
    ],
    rejected: [
      { kind: 'a', y: 1 },
      { kind: 'b', y: 1, z: 1 },
    ],
  },
};

function validatorsOf(schemas: object) {
  return createValidators({ components: { schemas } }, 'response').at('/components/schemas/S');
}

describe.each(Object.entries(CASES))('the mock accepts the values that a union accepts: %s', (_, given) => {
  const validator = validatorsOf(given.schemas);
  const judge = (value: unknown) => {
    const result = validator['~standard'].validate(value);
    return { value, accepts: validator.accepts(value), issues: 'issues' in result && result.issues !== undefined };
  };
  it('accepts', () => {
    expect(given.accepted.map(judge)).toEqual(given.accepted.map((value) => ({ value, accepts: true, issues: false })));
  });
  it('rejects', () => {
    expect(given.rejected.map(judge)).toEqual(given.rejected.map((value) => ({ value, accepts: false, issues: true })));
  });
});

describe('a tree of unions', () => {
  const node = (kind: string) => tagged(kind, { child: ref('S') });
  const kinds = ['a', 'b', 'c', 'd', 'e', 'f'];
  const tree = (depth: number, end: unknown): unknown =>
    Array.from({ length: depth }).reduce<unknown>((child) => ({ kind: 'f', child }), end);

  // Each level would be tried by six alternatives: 6^200 checks.
  it('is validated in time proportional to its size', () => {
    const validator = validatorsOf({ S: { oneOf: kinds.map(node) } });
    expect(validator.accepts(tree(200, { kind: 'a' }))).toBe(true);
    expect(validator.accepts(tree(200, { kind: 'z' }))).toBe(false);
  });

  it('reports an error at its location, and not for each alternative', () => {
    const result = validatorsOf({ S: { oneOf: kinds.map(node) } })['~standard'].validate(tree(3, { kind: 'z' }));
    expect('issues' in result && result.issues?.map(({ path }) => path)).toEqual([['child', 'child', 'child', 'kind']]);
  });
});
