import { describe, expect, test } from 'vitest';
import { createValidators } from '../../runtime/mock/validators.ts';
import { createValueMaker } from '../../runtime/values/index.ts';

const schemas = {
  Node: {
    type: 'object',
    required: ['name', 'next'],
    properties: {
      name: { type: 'string' },
      next: { oneOf: [{ $ref: '#/components/schemas/Node' }, { type: 'null' }] },
    },
  },
  NeedTree: {
    type: 'object',
    required: ['name', 'kids'],
    properties: { name: { type: 'string' }, kids: { type: 'array', items: { $ref: '#/components/schemas/NeedTree' } } },
  },
  Pet: {
    oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }],
    discriminator: {
      propertyName: 'kind',
      mapping: { feline: '#/components/schemas/Cat', canine: '#/components/schemas/Dog' },
    },
  },
  Base: { type: 'object', required: ['kind', 'id'], properties: { kind: { type: 'string' }, id: { type: 'string' } } },
  Cat: {
    allOf: [{ $ref: '#/components/schemas/Base' }, { required: ['lives'], properties: { lives: { type: 'integer' } } }],
  },
  Dog: {
    allOf: [{ $ref: '#/components/schemas/Base' }, { required: ['bark'], properties: { bark: { type: 'string' } } }],
  },
  Shape: {
    type: 'object',
    required: ['form'],
    properties: { form: { type: 'string' } },
    discriminator: { propertyName: 'form' },
  },
  Circle: {
    allOf: [{ $ref: '#/components/schemas/Shape' }, { required: ['r'], properties: { r: { type: 'number' } } }],
  },
  // Without a mapping: the alternative lists a value that differs from its name.
  Result: {
    oneOf: [{ $ref: '#/components/schemas/PageResult' }, { $ref: '#/components/schemas/RecordResult' }],
    discriminator: { propertyName: 'type' },
  },
  PageResult: {
    type: 'object',
    required: ['type', 'page'],
    properties: { type: { type: 'string', enum: ['page'] }, page: { type: 'integer' } },
  },
  RecordResult: {
    type: 'object',
    required: ['type', 'record'],
    properties: { type: { const: 'record' }, record: { type: 'integer' } },
  },
  // A union with siblings that its alternatives share is not their base.
  Setup: {
    allOf: [
      { type: 'object', properties: { priority: { type: 'integer' } } },
      {
        oneOf: [{ $ref: '#/components/schemas/PageResult' }, { $ref: '#/components/schemas/RecordResult' }],
        discriminator: { propertyName: 'type' },
      },
    ],
  },
  Extended: {
    allOf: [
      { $ref: '#/components/schemas/Result' },
      { required: ['extra'], properties: { extra: { type: 'string' } } },
    ],
  },
  // The property of the discriminator is a number or a boolean.
  First: { type: 'object', required: ['v'], properties: { v: { type: 'integer', const: 1 }, a: { type: 'string' } } },
  Second: { type: 'object', required: ['v'], properties: { v: { type: 'integer', enum: [2] } } },
  Done: { type: 'object', required: ['ok'], properties: { ok: { const: true }, data: { type: 'string' } } },
  Failed: { type: 'object', required: ['ok'], properties: { ok: { type: 'boolean', enum: [false] } } },
  Level: { type: 'integer' },
  Tall: {
    type: 'object',
    required: ['level', 'height'],
    properties: { level: { $ref: '#/components/schemas/Level' }, height: { type: 'number' } },
  },
  Small: { type: 'object', required: ['level'], properties: { level: { type: 'integer' } } },
  Versioned: {
    type: 'object',
    required: ['v'],
    properties: { v: { type: 'integer' } },
    discriminator: { propertyName: 'v', mapping: { 7: '#/components/schemas/Seventh' } },
  },
  Seventh: { allOf: [{ $ref: '#/components/schemas/Versioned' }, { properties: { b: { type: 'string' } } }] },
  Square: { properties: { a: { type: 'integer' } } },
  Ball: { properties: { b: { type: 'integer' } } },
  User: {
    type: 'object',
    required: ['id', 'name', 'password'],
    properties: {
      id: { type: 'string', readOnly: true },
      name: { type: 'string' },
      password: { type: 'string', writeOnly: true },
    },
  },
} as const;

const ref = (name: keyof typeof schemas) => ({ $ref: `#/components/schemas/${name}` });

/** A union with a discriminator, whose mapping names schemas. */
const union = (
  propertyName: string,
  names: readonly (keyof typeof schemas)[],
  mapping?: Readonly<Record<string, string>>,
) => ({
  oneOf: names.map(ref),
  discriminator: { propertyName, ...(mapping && { mapping }) },
});

/** Each value is valid by its schema, and constant for each of several seeds. */
const table: readonly (readonly [name: string, schema: object])[] = [
  ['a union without a mapping', ref('Result')],
  ['a union beside shared properties', ref('Setup')],
  ['a union by reference, and another alternative', ref('Extended')],
  ...Object.entries({
    'numbers of the mapping': union('v', ['First', 'Second'], { 1: 'First', 2: 'Second' }),
    'numbers without a mapping': union('v', ['First', 'Second']),
    'booleans of the mapping': union('ok', ['Done', 'Failed'], { true: 'Done', false: 'Failed' }),
    'booleans without a mapping': union('ok', ['Done', 'Failed']),
    'numbers that only the type declares': union('level', ['Tall', 'Small'], { 1: 'Tall', 2: 'Small' }),
    'values that differ from the mapping': union('type', ['PageResult', 'RecordResult'], {
      PAGE: 'PageResult',
      RECORD: 'RecordResult',
    }),
    'a number, for a base that others extend': ref('Versioned'),
    'a number, for a schema that extends it': ref('Seventh'),
  }).map(([name, schema]) => [`a discriminator: ${name}`, schema] as const),
  ['a pattern', { type: 'string', pattern: '^[0-9a-f]{5}$' }],
  ['a pattern with alternatives', { type: 'string', pattern: '^(?:foo|ba[rz])-\\d{2,4}$' }],
  ['a pattern with a back reference', { type: 'string', pattern: '^(a|b)\\1\\1$' }],
  ['a pattern with look-ahead', { type: 'string', pattern: '^(?=.*\\d)[a-z\\d]{8}$' }],
  ['a pattern with other scripts', { type: 'string', pattern: '^[\\u0e01-\\u0e2e]{3}$' }],
  ['a pattern with Unicode properties', { type: 'string', pattern: '^\\p{Lu}\\p{Ll}+$' }],
  ['an open pattern with a length', { type: 'string', pattern: '^sk_', minLength: 30, maxLength: 30 }],
  ['two patterns', { allOf: [{ type: 'string', pattern: '^a' }, { pattern: 'z$' }], maxLength: 12 }],
  ['a pattern and a format', { type: 'string', format: 'date-time', pattern: '\\.\\d{3}Z$' }],
  ['lengths', { type: 'string', minLength: 12, maxLength: 14 }],
  ['one letter', { type: 'string', maxLength: 1 }],
  ['no letter', { type: 'string', maxLength: 0 }],
  ...['date-time', 'date', 'time', 'duration', 'email', 'hostname', 'ipv4', 'ipv6', 'uri', 'uri-reference', 'uuid'].map(
    (format) => [`the format ${format}`, { type: 'string', format }] as const,
  ),
  ['a multiple', { type: 'integer', minimum: 10, maximum: 20, multipleOf: 5 }],
  ['two multiples', { allOf: [{ type: 'integer', multipleOf: 4 }, { multipleOf: 6 }], minimum: 1 }],
  ['a decimal multiple', { type: 'number', multipleOf: 0.01, exclusiveMinimum: 0 }],
  ['exclusive bounds', { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 }],
  ['below zero', { type: 'integer', maximum: -5 }],
  ['int32', { type: 'integer', format: 'int32' }],
  ['a list of unique items', { type: 'array', minItems: 3, uniqueItems: true, items: { enum: ['a', 'b', 'c', 'd'] } }],
  [
    'a list of unique objects',
    {
      type: 'array',
      minItems: 4,
      uniqueItems: true,
      items: { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } },
    },
  ],
  ['a tuple', { type: 'array', prefixItems: [{ type: 'string' }, { type: 'integer' }], items: false, minItems: 2 }],
  [
    'a tuple with further items',
    { type: 'array', prefixItems: [{ const: 1 }], items: { type: 'string' }, minItems: 3 },
  ],
  ['a list that contains', { type: 'array', items: { type: 'integer' }, contains: { minimum: 100 }, minContains: 2 }],
  ['an empty list', { type: 'array', maxItems: 0, items: { type: 'string' } }],
  ['a recursive schema that ends with null', ref('Node')],
  ['a recursive schema that ends with an empty list', ref('NeedTree')],
  ['a mapping', ref('Pet')],
  ['a list of mapped values', { type: 'array', minItems: 3, items: ref('Pet') }],
  ['a base that others extend', ref('Shape')],
  ['a schema that extends it', ref('Circle')],
  ['alternatives that overlap', { oneOf: [ref('Square'), ref('Ball')] }],
  [
    'alternatives, one with another required property',
    {
      oneOf: [
        { type: 'object', required: ['a'], properties: { a: { type: 'string' } } },
        { type: 'object', required: ['b'], properties: { b: { type: 'string' } } },
      ],
    },
  ],
  ['nullable by anyOf', { anyOf: [{ type: 'null' }, { type: 'integer' }] }],
  ['only null', { type: 'null' }],
  ['anything', {}],
  [
    'parts that narrow each other',
    {
      allOf: [
        { type: 'object', required: ['a'], properties: { a: { type: 'integer', minimum: 3 } } },
        { properties: { a: { maximum: 4 } } },
      ],
    },
  ],
  [
    'a condition',
    {
      type: 'object',
      required: ['kind'],
      properties: { kind: { enum: ['a', 'b'] } },
      if: { properties: { kind: { const: 'a' } } },
      ['then' as string]: { required: ['x'] },
      else: { required: ['y'] },
    },
  ],
  ['a `not` schema', { type: 'string', not: { const: 'alpha' } }],
  ['a map', { type: 'object', additionalProperties: { type: 'integer' }, minProperties: 3 }],
  [
    'a map of named keys',
    {
      type: 'object',
      propertyNames: { enum: ['en', 'de'] },
      additionalProperties: { type: 'string' },
      minProperties: 2,
    },
  ],
  [
    'a map of patterned keys',
    {
      type: 'object',
      patternProperties: { '^x-[a-z]{3}$': { type: 'integer' } },
      additionalProperties: false,
      minProperties: 2,
    },
  ],
  [
    'properties that depend on others',
    {
      type: 'object',
      required: ['card'],
      properties: { card: { type: 'string' }, address: { type: 'string' } },
      dependentRequired: { card: ['address'] },
    },
  ],
  [
    'a limited number of properties',
    {
      type: 'object',
      maxProperties: 2,
      required: ['c'],
      properties: { a: { type: 'string' }, b: { type: 'string' }, c: { type: 'string' } },
    },
  ],
  ['no additional property', { type: 'object', properties: {}, additionalProperties: false }],
  [
    'a name of the prototype',
    {
      type: 'object',
      required: ['__proto__', 'constructor'],
      properties: { ['__proto__']: { type: 'string' }, constructor: { type: 'integer' } },
    },
  ],
];

const make = (schema: object, direction: 'request' | 'response', seed?: string) => {
  const document = { openapi: '3.1.0', components: { schemas: { ...schemas, Asked: schema } } };
  const validator = createValidators(document, direction).at('/components/schemas/Asked');
  const isValid = (value: unknown) => !('issues' in validator['~standard'].validate(value));
  return createValueMaker(document)({ schema: { $ref: '#/components/schemas/Asked' }, direction, seed, isValid });
};

describe.each([undefined, 'a', 'b', 'c'])('by the seed %s', (seed) => {
  test.each(table)('%s is generated by its schema', (_, schema) => {
    const { value, valid } = make(schema, 'response', seed);
    expect({ value, valid }).toEqual({ value, valid: true });
    expect(make(schema, 'response', seed).value, 'the same again').toEqual(value);
  });
});

test('readOnly and writeOnly properties are omitted in the other direction', () => {
  expect(Object.keys(make(ref('User'), 'response').value as object)).toEqual(['id', 'name']);
  expect(Object.keys(make(ref('User'), 'request').value as object)).toEqual(['name', 'password']);
});

test('an example of the schema is used, unless it is invalid', () => {
  const member = (examples: unknown[]) => ({
    type: 'object',
    required: ['n'],
    properties: { n: { type: 'integer', minimum: 5, examples } },
  });
  expect(make(member([42]), 'response').value).toEqual({ n: 42 });
  expect(make(member(['no number']), 'response')).toMatchObject({ valid: true });
  expect(make(member([1]), 'response')).toMatchObject({ valid: true });
});

test.each([
  ['id', 'integer', (value: unknown) => Number(value) > 0 && Number(value) < 1e6],
  ['email', 'string', (value: unknown) => /@example\.com$/.test(String(value))],
  ['createdAt', 'string', (value: unknown) => !Number.isNaN(Date.parse(String(value)))],
  ['avatar_url', 'string', (value: unknown) => URL.canParse(String(value))],
  ['first_name', 'string', (value: unknown) => /^[A-Z][a-z]+$/.test(String(value))],
])('a property %s of type %s has a plausible value', (name, type, isPlausible) => {
  const schema = { type: 'object', required: [name], properties: { [name]: { type } } };
  for (const seed of [undefined, 'x']) {
    const value = (make(schema, 'response', seed).value as Record<string, unknown>)[name];
    expect(isPlausible(value), String(value)).toBe(true);
  }
});

test.each([
  ['optional members', false],
  ['members that are required', true],
])('a schema of 10 levels with 4 references each gets a bounded value, as %s', (_, required) => {
  const levels = Object.fromEntries(
    Array.from({ length: 10 }, (_, level) => {
      const names = ['c0', 'c1', 'c2', 'c3'];
      const member = level === 0 ? { type: 'string' } : { $ref: `#/components/schemas/L${level - 1}` };
      const properties = Object.fromEntries(names.map((name) => [name, member]));
      return [`L${level}`, { type: 'object', properties, ...(required && level > 7 && { required: names }) }];
    }),
  );
  const make = createValueMaker({ components: { schemas: levels } });
  const { value } = make({ schema: { $ref: '#/components/schemas/L9' }, direction: 'response' });
  expect(JSON.stringify(value).length).toBeLessThan(100_000);
});
