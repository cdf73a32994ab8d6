import { describe, expect, test } from 'vitest';
import { emitValidators } from '../../scripts/emit/validators/emit-validators.ts';
import { apiOf, constantText } from './fixture.ts';

const T = "components['schemas']['S']";

describe('schemas that zod expresses exactly are written in zod', () => {
  const cases: readonly (readonly [name: string, schema: unknown, want: string])[] = [
    ['nothing', {}, 'z.unknown()'],
    ['no value', false, 'z.never()'],
    ['text', { type: 'string' }, 'z.string()'],
    ['text that is not empty', { type: 'string', minLength: 1 }, 'z.string().min(1)'],
    ['text of a length', { type: 'string', minLength: 2, maxLength: 36 }, 'z.string().check(v.length(2, 36))'],
    ['text with a format', { type: 'string', format: 'date-time' }, 'z.string().check(v.format(v.dateTime))'],
    ['text with an unknown format', { type: 'string', format: 'phone' }, 'z.string()'],
    [
      'length before pattern',
      { type: 'string', pattern: '^a', maxLength: 9 },
      "z.string().check(v.length(0, 9)).regex(new RegExp('^a', 'u'))",
    ],
    ['keywords of other types', { type: 'string', minimum: 3, properties: { a: {} } }, 'z.string()'],
    ['whole number', { type: 'integer' }, 'v.integer()'],
    ['bounded whole number', { type: 'integer', minimum: 1, maximum: 9 }, 'z.int().min(1).max(9)'],
    ['32 bits', { type: 'integer', format: 'int32' }, 'z.int32()'],
    ['64 bits', { type: 'integer', format: 'int64' }, 'z.number().check(v.format(v.int64))'],
    ['bounds of 3.1', { type: 'number', exclusiveMinimum: 0, maximum: 1.5 }, 'z.number().gt(0).max(1.5)'],
    ['bounds of 3.0', { type: 'number', exclusiveMinimum: true, minimum: 0 }, 'z.number().gt(0)'],
    ['multiple', { type: 'number', multipleOf: 0.01 }, 'z.number().check(v.multipleOf(0.01))'],
    ['one value', { const: 'a' }, "z.literal('a')"],
    ['values', { enum: ['a', 'b'] }, "z.enum(['a', 'b'])"],
    ['values of several types', { enum: ['a', 1, null] }, "z.literal(['a', 1, null])"],
    ['values of the type alone', { type: 'string', enum: ['a', 1] }, "z.literal('a')"],
    ['constants as alternatives', { oneOf: [{ const: 'a' }, { const: 'b' }] }, "z.enum(['a', 'b'])"],
    ['or null in 3.1', { type: ['string', 'null'] }, 'z.string().nullable()'],
    ['or null in 3.0', { type: 'string', nullable: true }, 'z.string().nullable()'],
    [
      'several types',
      { type: ['string', 'integer'] },
      'z.union([z.string(), v.integer()], { error: v.describeAlternatives })',
    ],
    [
      'list',
      { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 3 },
      'z.array(z.string()).min(1).max(3)',
    ],
    [
      'set',
      { type: 'array', items: { type: 'string' }, uniqueItems: true },
      'v.withKeywords(z.array(z.string()), { uniqueItems: true })',
    ],
    [
      'tuple',
      { type: 'array', prefixItems: [{ type: 'string' }, true], minItems: 2, items: false },
      'z.tuple([z.string(), z.unknown()])',
    ],
    [
      'object',
      { type: 'object', properties: { a: { type: 'string' }, b: {} }, required: ['a'] },
      'z.looseObject({ a: z.string(), b: v.optional(z.unknown()) })',
    ],
    [
      'closed object',
      { type: 'object', properties: { a: true }, additionalProperties: false },
      'z.strictObject({ a: v.optional(z.unknown()) })',
    ],
    [
      'default',
      { type: 'object', properties: { a: { type: 'integer', default: 3 } } },
      'z.looseObject({ a: v.integer().default(3) })',
    ],
    [
      'default of a required property',
      { type: 'object', properties: { a: { type: 'integer', default: 3 } }, required: ['a'] },
      'z.looseObject({ a: v.integer() })',
    ],
    [
      'required, not named',
      { type: 'object', required: ['a'] },
      `v.typed<${T}>(z.looseObject({}).check(v.required('a')))`,
    ],
    [
      'a number of properties',
      { type: 'object', minProperties: 1 },
      'v.withKeywords(z.looseObject({}), { minProperties: 1 })',
    ],
    [
      'alternatives',
      { anyOf: [{ type: 'string' }, { type: 'number' }] },
      'z.union([z.string(), z.number()], { error: v.describeAlternatives })',
    ],
    [
      'exactly one of disjoint types',
      { oneOf: [{ type: 'string' }, { type: 'number' }] },
      'z.union([z.string(), z.number()], { error: v.describeAlternatives })',
    ],
    [
      'exactly one of overlapping ones',
      { oneOf: [{ type: 'integer' }, { type: 'number', minimum: 2 }] },
      'z.xor([v.integer(), z.number().min(2)], { error: v.describeAlternatives })',
    ],
    ['alternative or null', { oneOf: [{ type: 'string' }, { type: 'null' }] }, 'z.string().nullable()'],
    ['one part', { allOf: [{ type: 'string' }] }, 'z.string()'],
  ];
  test.each(cases)('%s', (_, schema, want) => {
    expect(constantText({ S: schema }, 'S')).toBe(want);
  });
});

describe('other schemas are written with JSON Schema keywords', () => {
  const cases: readonly (readonly [name: string, schema: unknown, want: string])[] = [
    ['no type', { minLength: 3 }, `v.schema<${T}>({ minLength: 3 })`],
    [
      'map',
      { type: 'object', additionalProperties: { type: 'number' } },
      `v.schema<${T}>({ type: 'object', additionalProperties: z.number() })`,
    ],
    ['an object among the values', { enum: [{ a: 1 }] }, `v.schema<${T}>({ enum: [{ a: 1 }] })`],
    // biome-ignore lint/suspicious/noThenProperty: `then` is a keyword of JSON Schema.
    ['condition', { if: { const: 1 }, then: false }, `v.schema<${T}>({ if: { const: 1 }, then: false })`],
    [
      'open tuple',
      { type: 'array', prefixItems: [{ type: 'string' }] },
      `v.schema<${T}>({ type: 'array', prefixItems: [z.string()] })`,
    ],
    [
      'inherited name',
      { type: 'object', properties: { toString: { type: 'string' } } },
      `v.schema<${T}>({ type: 'object', properties: { toString: z.string() } })`,
    ],
    [
      'prototype',
      { type: 'object', properties: JSON.parse('{"__proto__":{"type":"string"}}') },
      `v.schema<${T}>({ type: 'object', properties: { ['__proto__']: z.string() } })`,
    ],
    [
      'unevaluated',
      { type: 'object', unevaluatedProperties: false },
      `v.schema<${T}>({ type: 'object', unevaluatedProperties: false })`,
    ],
    [
      'name pattern',
      { type: 'object', patternProperties: { '^x-': { type: 'string' } } },
      `v.schema<${T}>({ type: 'object', patternProperties: [[new RegExp('^x-', 'u'), z.string()]] })`,
    ],
  ];
  test.each(cases)('%s', (_, schema, want) => {
    expect(constantText({ S: schema }, 'S')).toBe(want);
  });
});

describe('references between components', () => {
  const pet = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] };
  const kinds = {
    Cat: { type: 'object', properties: { kind: { const: 'cat' } }, required: ['kind'] },
    Dog: { type: 'object', properties: { kind: { const: 'dog' } }, required: ['kind'] },
  };
  const either = [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }];

  test('use their names, in any order', () => {
    const schemas = { Pets: { type: 'array', items: { $ref: '#/components/schemas/Pet' } }, Pet: pet };
    expect(constantText(schemas, 'Pets')).toBe('z.array(Pet)');
  });
  test('are lazy in a cycle, with a declared type', () => {
    const tree = { type: 'object', properties: { next: { $ref: '#/components/schemas/Tree' } } };
    expect(constantText({ Tree: tree }, 'Tree')).toBe(
      "v.typed<components['schemas']['Tree']>(z.looseObject({ next: v.optional(v.lazy(() => Tree)) }))",
    );
  });
  test('allOf of open objects becomes one object', () => {
    const schemas = {
      Pet: pet,
      Dog: { allOf: [{ $ref: '#/components/schemas/Pet' }, { properties: { barks: { type: 'boolean' } } }] },
    };
    expect(constantText(schemas, 'Dog')).toBe('z.looseObject({ ...Pet.shape, barks: v.optional(z.boolean()) })');
  });
  test('a property that distinguishes the alternatives is used', () => {
    expect(constantText({ ...kinds, Either: { oneOf: either } }, 'Either')).toBe(
      "z.discriminatedUnion('kind', [Cat, Dog], { error: v.describeAlternatives })",
    );
  });
  test('a discriminator with a mapping is used if the properties do not distinguish them', () => {
    const open = { type: 'object', properties: { kind: { type: 'string' } }, required: ['kind'] };
    const discriminator = { propertyName: 'kind', mapping: { tom: '#/components/schemas/Cat' } };
    expect(constantText({ Cat: open, Dog: open, Either: { oneOf: either, discriminator } }, 'Either')).not.toContain(
      'Dog2',
    );
    expect(constantText({ Cat: open, Dog: { ...open }, Either: { oneOf: either, discriminator } }, 'Either')).toBe(
      "v.schema<components['schemas']['Either']>({ discriminator: { propertyName: 'kind', mapping: { tom: Cat, Dog: Dog } } })",
    );
  });
  test('nothing is inlined twice: a referenced schema has a constant', () => {
    const schemas = {
      Pet: { type: 'object', properties: { kind: { type: 'string' } } },
      Other: { $ref: '#/components/schemas/Pet/properties/kind' },
    };
    expect(constantText(schemas, 'Pet')).toMatch(/^z\.looseObject\(\{ kind: v\.optional\(PetKind\d+\) \}\)$/);
    expect(constantText(schemas, 'Other')).toMatch(/^PetKind\d+$/);
  });
});

describe('the module', () => {
  test('imports only what it uses', () => {
    const [file] = emitValidators(apiOf({ A: { type: 'string' } }));
    expect(file?.path).toBe('src/validators.ts');
    expect(file?.text).not.toContain('@countersign');
    expect(file?.text).not.toContain('./types.ts');
  });

  test('gives two components with similar names different names', () => {
    const [file] = emitValidators(apiOf({ 'game-list': { type: 'string' }, GameList: { type: 'number' }, z: true }));
    expect(file?.text).toMatch(/export const GameList: z.ZodString = .*z\.string\(\)/);
    expect(file?.text).toMatch(/export const GameList2: z.ZodNumber = .*z\.number\(\)/);
    expect(file?.text).toMatch(/export const Z2: z.ZodUnknown = .*z\.unknown\(\)/);
  });

  test('grows with the document, and supports long chains and lists', () => {
    const chain = Object.fromEntries(
      Array.from({ length: 5000 }, (_, index) => [
        `Link${index}`,
        {
          allOf: [
            { $ref: `#/components/schemas/Link${index + 1}` },
            { type: 'object', properties: { [`p${index}`]: {} } },
          ],
        },
      ]),
    );
    const schemas = {
      ...chain,
      Link5000: { type: 'object' },
      Values: { enum: Array.from({ length: 20_000 }, (_, index) => `value-${index}`) },
    };
    const [file] = emitValidators(apiOf(schemas));
    expect(file?.text.length).toBeLessThan(3 * JSON.stringify(schemas).length);
    expect(file?.text).toMatch(/v\.literals<components\['schemas'\]\['Values'\]>\(\s*\[\s*'value-0'/);
  });
});
