import { afterAll, describe, expect, test } from 'vitest';
import type { ValidatorOptions } from '../../scripts/emit/validators/emit-validators.ts';
import { apiOf } from './fixture.ts';
import { GeneratedModules } from './generated-module.ts';

const modules = new GeneratedModules();
afterAll(() => modules.remove());

type Want = { readonly value: unknown } | { readonly issues: readonly string[] };
type Case = readonly [name: string, schema: unknown, input: unknown, want: Want];

const parsed = (text: string): unknown => JSON.parse(text);

/** The output, or issues as `path: message`. */
async function run(schema: unknown, input: unknown, others: object = {}, options?: ValidatorOptions): Promise<Want> {
  const { Subject } = await modules.load(apiOf({ Subject: schema, ...others }), options);
  const result = await Subject?.['~standard'].validate(input);
  if (result === undefined) throw new Error('no constant');
  if (result.issues === undefined) return { value: result.value };
  return { issues: result.issues.map(({ path, message }) => `${(path ?? []).map(String).join('.')}: ${message}`) };
}

const object = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });

describe('outputs', () => {
  const cases: readonly Case[] = [
    ['unknown properties stay', object({ a: { type: 'string' } }), { a: 'x', b: 1 }, { value: { a: 'x', b: 1 } }],
    [
      'unknown properties stay where zod cannot express the schema',
      object({ a: true }, { not: { required: ['z'] } }),
      { b: 1 },
      { value: { b: 1 } },
    ],
    ['a default is filled in', object({ a: { type: 'integer', default: 3 } }), {}, { value: { a: 3 } }],
    [
      'no default replaces null',
      object({ a: { type: ['integer', 'null'], default: 3 } }),
      { a: null },
      { value: { a: null } },
    ],
    [
      'a default object is fresh',
      object({ a: { type: 'object', default: { b: [] } } }),
      {},
      { value: { a: { b: [] } } },
    ],
    ['an invalid default is not filled in', object({ a: { type: 'integer', default: 'x' } }), {}, { value: {} }],
    [
      'defaults below general keywords',
      { properties: { a: { default: 1 } }, minProperties: 0 },
      {},
      { value: { a: 1 } },
    ],
    [
      'minProperties counts the received properties',
      object({ a: { default: 1 } }, { minProperties: 1 }),
      {},
      { issues: [': Too small: expected object to have >=1 properties'] },
    ],
    [
      'defaults in both parts of allOf',
      { allOf: [{ properties: { a: { default: 1 } } }, { properties: { b: { default: 2 } } }] },
      { c: 3 },
      { value: { a: 1, b: 2, c: 3 } },
    ],
    [
      'undefined counts as absent',
      object({ a: { type: 'string' } }, { minProperties: 0 }),
      { a: undefined },
      { value: { a: undefined } },
    ],
    [
      '__proto__ is an ordinary property',
      { additionalProperties: { type: 'number' } },
      parsed('{"__proto__":1}'),
      { value: parsed('{"__proto__":1}') },
    ],
    ['1.0 is whole', { type: 'integer' }, 1.0, { value: 1 }],
    ['large numbers are integers', { type: 'integer' }, 1e300, { value: 1e300 }],
    ['length in code points', { type: 'string', maxLength: 2 }, '😀😀', { value: '😀😀' }],
    ['0.3 is a multiple of 0.1', { type: 'number', multipleOf: 0.1 }, 0.3, { value: 0.3 }],
    ['19.99 is a multiple of 0.01', { type: 'number', multipleOf: 0.01 }, 19.99, { value: 19.99 }],
    ['nullable beside enum', { type: 'string', nullable: true, enum: ['a'] }, null, { value: null }],
    [
      'null with further conditions is not a plain null',
      { anyOf: [{ type: 'null', allOf: [false] }, { type: 'string' }] },
      null,
      {
        issues: [
          ': No alternative matches: Invalid input: no value is allowed here; or Invalid input: expected string, received null',
        ],
      },
    ],
    ['nullable beside allOf', { nullable: true, allOf: [{ type: 'string' }] }, null, { value: null }],
    ['an inherited name may be absent', object({ toString: { type: 'string' } }), {}, { value: {} }],
    [
      'Hive’s dates',
      { type: 'string', format: 'YYYY-MM-DD HH:mm:ss' },
      '9999-12-31 00:00:00',
      { value: '9999-12-31 00:00:00' },
    ],
  ];
  test.each(cases)('%s', async (_, schema, input, want) => {
    expect(await run(schema, input)).toEqual(want);
  });
});

describe('defaults of referenced properties', () => {
  const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
  const level = { enum: ['low', 'high'], default: 'low' };
  test.each<readonly [what: string, schema: unknown, others: object, input: unknown, value: unknown]>([
    ['by $ref', object({ a: ref('A') }), { A: level }, {}, { a: 'low' }],
    ['beside a given property', object({ a: ref('A') }), { A: level }, { a: 'high' }, { a: 'high' }],
    ['through two references', object({ a: ref('A') }), { A: ref('B'), B: level }, {}, { a: 'low' }],
    ['by allOf', object({ a: { allOf: [ref('A')], description: 'x' } }), { A: level }, {}, { a: 'low' }],
    ['its own default first', object({ a: { ...ref('A'), default: 'high' } }), { A: level }, {}, { a: 'high' }],
    ['an object', object({ a: ref('A') }), { A: object({ n: true }, { default: { n: 1 } }) }, {}, { a: { n: 1 } }],
    ['null', object({ a: ref('A') }), { A: { type: ['string', 'null'], default: null } }, {}, { a: null }],
    [
      'of a part',
      { allOf: [ref('P'), object({ b: true })] },
      { P: object({ a: ref('A') }), A: level },
      {},
      { a: 'low' },
    ],
    [
      'beside minProperties',
      object({ a: ref('A') }, { minProperties: 0, not: { required: ['z'] } }),
      { A: level },
      {},
      { a: 'low' },
    ],
    ['in items', { type: 'array', items: object({ a: ref('A') }) }, { A: level }, [{}], [{ a: 'low' }]],
    ['none that is invalid', object({ a: { ...ref('A'), enum: ['high'] } }), { A: level }, {}, {}],
    ['none of an alternative', object({ a: { oneOf: [ref('A'), { type: 'null' }] } }), { A: level }, {}, {}],
    ['none in a cycle', object({ a: ref('A') }), { A: object({ a: ref('A') }) }, {}, {}],
  ])('%s', async (_, schema, others, input, value) => {
    expect(await run(schema, input, others)).toEqual({ value });
  });
});

describe('defaults inside a default', () => {
  const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
  const mode = { mode: { type: 'string', default: 'fast' } };
  const options = object(mode, { default: {} });
  test.each<readonly [what: string, schema: unknown, others: object, input: unknown, value: unknown]>([
    ['of an empty object', object({ a: options }), {}, {}, { a: { mode: 'fast' } }],
    ['as for a given value', object({ a: options }), {}, { a: {} }, { a: { mode: 'fast' } }],
    [
      'beside its own properties',
      object({ a: object({ ...mode, n: true }, { default: { n: 1 } }) }),
      {},
      {},
      { a: { n: 1, mode: 'fast' } },
    ],
    ['not over its own', object({ a: object(mode, { default: { mode: 'slow' } }) }), {}, {}, { a: { mode: 'slow' } }],
    ['two levels down', object({ a: object({ b: options }, { default: {} }) }), {}, {}, { a: { b: { mode: 'fast' } } }],
    [
      'inside a given object',
      object({ a: object({ b: object(mode) }, { default: { b: {} } }) }),
      {},
      {},
      { a: { b: { mode: 'fast' } } },
    ],
    ['by $ref', object({ a: ref('A') }), { A: options }, {}, { a: { mode: 'fast' } }],
    [
      'of a property by $ref',
      object({ a: object({ b: ref('A') }, { default: {} }) }),
      { A: options },
      {},
      { a: { b: { mode: 'fast' } } },
    ],
    [
      'by allOf',
      object({ a: { allOf: [object(mode), object({ n: { default: 2 } })], default: {} } }),
      {},
      {},
      { a: { mode: 'fast', n: 2 } },
    ],
    [
      'in items',
      object({ a: { type: 'array', items: object(mode), default: [{}, { mode: 'x' }] } }),
      {},
      {},
      { a: [{ mode: 'fast' }, { mode: 'x' }] },
    ],
    [
      'in a tuple',
      object({ a: { type: 'array', prefixItems: [object(mode)], default: [{}] } }),
      {},
      {},
      { a: [{ mode: 'fast' }] },
    ],
    [
      'none that is invalid',
      object({ a: object({ n: { type: 'integer', default: 'x' } }, { default: {} }) }),
      {},
      {},
      { a: {} },
    ],
    [
      'none of an alternative',
      object({ a: { oneOf: [object(mode), object({ n: true }, { required: ['n'] })], default: {} } }),
      {},
      {},
      { a: {} },
    ],
    [
      'none in a cycle',
      object({ a: ref('A') }),
      { A: object({ a: ref('A'), ...mode }, { default: {} }) },
      {},
      { a: { mode: 'fast', a: {} } },
    ],
    ['beside general keywords', object({ a: options }, { not: { required: ['z'] } }), {}, {}, { a: { mode: 'fast' } }],
  ])('%s', async (_, schema, others, input, value) => {
    expect(await run(schema, input, others)).toEqual({ value });
  });
});

describe('issues have a location and a message', () => {
  const list = { type: 'array', items: object({ a: { type: 'integer' } }, { required: ['a'] }) };
  const cases: readonly Case[] = [
    ['type', { type: 'string' }, 1, { issues: [': Invalid input: expected string, received number'] }],
    [
      'missing property',
      object({ a: { type: 'string' } }, { required: ['a'] }),
      {},
      { issues: ['a: Invalid input: expected string, received undefined'] },
    ],
    ['deep inside', list, [{ a: 1 }, { a: 1.5 }], { issues: ['1.a: Invalid input: expected int, received number'] }],
    [
      'several at once',
      list,
      [{}, { a: 'x' }],
      {
        issues: [
          '0.a: Invalid input: expected int, received undefined',
          '1.a: Invalid input: expected int, received string',
        ],
      },
    ],
    [
      'too short',
      { type: 'string', minLength: 3 },
      'ab',
      { issues: [': Too small: expected string to have >=3 characters'] },
    ],
    [
      'too long in code points',
      { type: 'string', maxLength: 1 },
      '😀😀',
      { issues: [': Too big: expected string to have <=1 characters'] },
    ],
    [
      'length alone, not the pattern',
      { type: 'string', maxLength: 2, pattern: '^b' },
      'aaa',
      { issues: [': Too big: expected string to have <=2 characters'] },
    ],
    ['format', { type: 'string', format: 'date-time' }, '2024-07-10', { issues: [': Invalid date-time'] }],
    [
      'forbidden property',
      object({}, { additionalProperties: false }),
      { b: 1 },
      { issues: [': Unrecognized key: "b"'] },
    ],
    [
      'forbidden prototype',
      object({}, { additionalProperties: false }),
      parsed('{"__proto__":1}'),
      { issues: [': Unrecognized key: "__proto__"'] },
    ],
    [
      '__proto__ as an additional property',
      { type: 'object', additionalProperties: { type: 'string' } },
      parsed('{"__proto__":1}'),
      { issues: ['__proto__: Invalid input: expected string, received number'] },
    ],
    [
      'unevaluated property',
      object({ a: true }, { unevaluatedProperties: false }),
      { b: 1 },
      { issues: ['b: Invalid input: no value is allowed here'] },
    ],
    [
      'duplicate item',
      { type: 'array', uniqueItems: true },
      [{ a: 1, b: 2 }, 1, { b: 2, a: 1 }],
      { issues: ['2: Invalid array: items must be unique'] },
    ],
    [
      'contains',
      { type: 'array', contains: { type: 'string' } },
      [1],
      { issues: [': Too small: expected >=1 items that match "contains"'] },
    ],
    [
      'dependent property',
      object({}, { dependentRequired: { a: ['b'] } }),
      { a: 1 },
      { issues: ['b: Invalid input: required with "a"'] },
    ],
    [
      'no alternative',
      { anyOf: [{ type: 'string' }, object({ a: { type: 'number' } }, { required: ['a'] })] },
      { a: 'x' },
      {
        issues: [
          ': No alternative matches: Invalid input: expected string, received object; or a: Invalid input: expected number, received string',
        ],
      },
    ],
    [
      'two alternatives',
      { oneOf: [{ type: 'integer' }, { type: 'number' }] },
      1,
      { issues: [': Invalid input: must match exactly one alternative, matches 1 and 2'] },
    ],
    [
      'unknown tag',
      {
        oneOf: [object({ k: { const: 'a' } }, { required: ['k'] }), object({ k: { const: 'b' } }, { required: ['k'] })],
      },
      { k: 'c' },
      { issues: ['k: Invalid discriminator'] },
    ],
    ['not a value', { type: 'integer', not: { const: 0 } }, 0, { issues: [': Invalid input: must not be 0'] }],
    [
      'not a value of these',
      { not: { type: 'string', enum: ['a', 'b'] } },
      'b',
      { issues: [': Invalid input: must not be "a"|"b"'] },
    ],
    ['not', { not: { type: 'string' } }, 'x', { issues: [': Invalid input: must not match the schema in "not"'] }],
    [
      'only the selected branch',
      // biome-ignore lint/suspicious/noThenProperty: `then` is a keyword of JSON Schema.
      { if: { type: 'number' }, then: { minimum: 3 } },
      2,
      { issues: [': Too small: expected number to be >=3'] },
    ],
    [
      'an inherited name is not a property',
      object({ toString: true }, { required: ['toString'] }),
      {},
      { issues: ['toString: Invalid input: required'] },
    ],
    [
      'multiple',
      { type: 'number', multipleOf: 0.01 },
      0.075,
      { issues: [': Invalid number: must be a multiple of 0.01'] },
    ],
    [
      '64 bits',
      { type: 'integer', format: 'int64' },
      2 ** 64,
      { issues: [': Invalid int64: a number beyond 2^53 - 1 may have lost digits'] },
    ],
    [
      'invalid day',
      { type: 'string', format: 'YYYY-MM-DD HH:mm:ss' },
      '2023-02-29 00:00:00',
      { issues: [': Invalid YYYY-MM-DD HH:mm:ss'] },
    ],
  ];
  test.each(cases)('%s', async (_, schema, input, want) => {
    expect(await run(schema, input)).toEqual(want);
  });

  test('a long list of values is shortened in the message', async () => {
    const values = Array.from({ length: 20_000 }, (_, index) => `value-${index}`);
    const want = await run({ enum: values }, 'other');
    expect('issues' in want && want.issues[0]).toMatch(
      /^: Invalid option: expected one of "value-0"\|.*… \(20000 values\)$/,
    );
    expect(await run({ enum: values }, 'value-19999')).toEqual({ value: 'value-19999' });
  });
});

describe('discriminator', () => {
  const open = (name: string) =>
    object({ kind: { type: 'string' }, [name]: { type: 'number' } }, { required: ['kind'] });
  const others = { Cat: open('lives'), Dog: open('barks') };
  const oneOf = [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }];
  const mapping = { tom: '#/components/schemas/Cat', rex: 'Dog' };
  const cases: readonly (readonly [name: string, schema: unknown, input: unknown, want: Want])[] = [
    [
      'selects by mapping',
      { oneOf, discriminator: { propertyName: 'kind', mapping } },
      { kind: 'tom', barks: 'x' },
      { value: { kind: 'tom', barks: 'x' } },
    ],
    [
      'validates the selected schema',
      { oneOf, discriminator: { propertyName: 'kind', mapping } },
      { kind: 'rex', barks: 'x' },
      { issues: ['barks: Invalid input: expected number, received string'] },
    ],
    [
      'selects by name',
      { oneOf, discriminator: { propertyName: 'kind' } },
      { kind: 'Dog' },
      { value: { kind: 'Dog' } },
    ],
    [
      'rejects other values',
      { oneOf, discriminator: { propertyName: 'kind', mapping } },
      { kind: 'x' },
      { issues: ['kind: Invalid discriminator: expected one of "tom"|"rex"'] },
    ],
    [
      'rejects a missing value',
      { oneOf, discriminator: { propertyName: 'kind' } },
      {},
      { issues: ['kind: Invalid discriminator: expected one of "Cat"|"Dog"'] },
    ],
    [
      'falls back to oneOf',
      { oneOf: [{ type: 'string' }, { $ref: '#/components/schemas/Dog' }], discriminator: { propertyName: 'kind' } },
      'x',
      { value: 'x' },
    ],
  ];
  test.each(cases)('%s', async (_, schema, input, want) => {
    expect(await run(schema, input, others)).toEqual(want);
  });
});

describe('a discriminator that contradicts its alternatives is ignored', () => {
  const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
  const kind = (schema: object, more: object = {}) => object({ kind: schema, ...more }, { required: ['kind'] });
  const others = {
    Cat: kind({ const: 'cat' }, { lives: { type: 'integer' } }),
    Dog: { allOf: [kind(ref('DogKind'))] },
    DogKind: { type: 'string', enum: ['dog'] },
    Pet: { oneOf: [ref('Cat'), ref('Dog')] },
    Fish: kind({ type: 'string' }, { fins: { type: 'integer' } }),
  };
  const pets = { oneOf: [ref('Cat'), ref('Dog')], discriminator: { propertyName: 'kind' } };
  const nested = {
    oneOf: [ref('Pet'), ref('Cat')],
    discriminator: { propertyName: 'kind', mapping: { dog: ref('Dog').$ref } },
  };
  const shared = {
    oneOf: [ref('Cat'), ref('Dog')],
    discriminator: { propertyName: 'kind', mapping: { cat: 'Cat', tom: 'Cat', dog: 'Dog' } },
  };
  const cases: readonly (readonly [name: string, schema: unknown, input: unknown, want: Want])[] = [
    ['schema names that are not the values', pets, { kind: 'cat' }, { value: { kind: 'cat' } }],
    ['the other of them', pets, { kind: 'dog' }, { value: { kind: 'dog' } }],
    [
      'the alternatives are checked',
      pets,
      { kind: 'cat', lives: 'x' },
      { issues: [expect.stringContaining('lives: Invalid input: expected int')] as never },
    ],
    ['a mapping into an alternative', nested, { kind: 'dog' }, { value: { kind: 'dog' } }],
    ['a mapping from a forbidden value', shared, { kind: 'cat' }, { value: { kind: 'cat' } }],
    [
      'a mapping to a missing schema',
      { ...pets, discriminator: { propertyName: 'kind', mapping: { cat: 'Cat', dog: 'Dog', fish: 'Fish' } } },
      { kind: 'dog' },
      { value: { kind: 'dog' } },
    ],
  ];
  test.each(cases)('%s', async (_, schema, input, want) => {
    expect(await run(schema, input, others)).toEqual(want);
  });
});

describe('a tag with very many values', () => {
  const values = (prefix: string) => Array.from({ length: 300 }, (_, index) => `${prefix}${index}`);
  const alternative = (prefix: string, name: string) =>
    object({ kind: { enum: values(prefix) }, [name]: { type: 'integer' } }, { required: ['kind', name] });
  const schema = { oneOf: [alternative('a', 'x'), alternative('b', 'y')] };
  const cases: readonly Case[] = [
    ['fits', schema, { kind: 'b299', y: 1 }, { value: { kind: 'b299', y: 1 } }],
    ['of another alternative', schema, { kind: 'a7', y: 1 }, { issues: [expect.stringContaining('x: ')] as never }],
    ['of none', schema, { kind: 'c' }, { issues: ['kind: Invalid discriminator'] }],
  ];
  test.each(cases)('%s', async (_, of, input, want) => {
    expect(await run(of, input)).toEqual(want);
  });
});

describe('a property named __proto__ counts like any other', () => {
  const plain = { type: 'object' };
  const refused = (issue: string): Want => ({ issues: [issue] });
  const cases: readonly Case[] = [
    [
      'maxProperties',
      { ...plain, maxProperties: 1 },
      parsed('{"a":"","__proto__":1}'),
      refused(': Too big: expected object to have <=1 properties'),
    ],
    ['minProperties', { ...plain, minProperties: 1 }, parsed('{"__proto__":"a"}'), { value: {} }],
    [
      'propertyNames',
      { ...plain, propertyNames: { maxLength: 3 } },
      parsed('{"__proto__":1}'),
      refused('__proto__: Too big: expected string to have <=3 characters'),
    ],
    [
      'not',
      { ...plain, not: { required: ['__proto__'] } },
      parsed('{"__proto__":1}'),
      refused(': Invalid input: must not match the schema in "not"'),
    ],
    [
      'if',
      // biome-ignore lint/suspicious/noThenProperty: `then` is a keyword of JSON Schema.
      { ...plain, if: { required: ['__proto__'] }, then: { required: ['a'] } },
      parsed('{"__proto__":1}'),
      refused('a: Invalid input: required'),
    ],
    [
      'dependentRequired',
      { ...plain, dependentRequired: parsed('{"__proto__":["a"]}') },
      parsed('{"__proto__":1}'),
      refused('a: Invalid input: required with "__proto__"'),
    ],
    [
      'uniqueItems',
      { type: 'array', uniqueItems: true, items: plain },
      parsed('[{"__proto__":1},{}]'),
      { value: [{}, {}] },
    ],
    [
      'a value with an error is not checked further',
      object({ a: { type: 'string' } }, { maxProperties: 1 }),
      { a: 1, b: 1 },
      refused('a: Invalid input: expected string, received number'),
    ],
  ];
  test.each(cases)('%s', async (_, schema, input, want) => {
    expect(await run(schema, input)).toEqual(want);
  });

  test('in a union with a tag, too', async () => {
    const tagged = (tag: string) => object({ k: { const: tag } }, { required: ['k'], maxProperties: 2 });
    const schema = { oneOf: [tagged('a'), tagged('b')] };
    expect(await run(schema, { k: 'b', c: 1 })).toEqual({ value: { k: 'b', c: 1 } });
    expect(await run(schema, parsed('{"k":"b","c":1,"__proto__":1}'))).toEqual(
      refused(': Too big: expected object to have <=2 properties'),
    );
  });
});

describe('the strip option', () => {
  const base = {
    Base: object({ a: { type: 'string' } }),
    Other: object({ b: true }),
    Animal: object({ kind: { type: 'string' } }, { discriminator: { propertyName: 'kind' } }),
    Lion: { allOf: [{ $ref: '#/components/schemas/Animal' }, object({ mane: { type: 'string' } })] },
  };
  const cases: readonly Case[] = [
    ['plain object', object({ a: true }), { a: 1, b: 2 }, { value: { a: 1 } }],
    ['nested', object({ a: object({ b: true }) }), { a: { b: 1, c: 2 }, d: 3 }, { value: { a: { b: 1 } } }],
    [
      'allOf keeps what any part declares',
      { allOf: [{ $ref: '#/components/schemas/Base' }, { properties: { b: true }, not: { required: ['z'] } }] },
      { a: 'x', b: 1, c: 2 },
      { value: { a: 'x', b: 1 } },
    ],
    [
      'counts the received properties',
      object({ a: true }, { maxProperties: 1 }),
      { a: 1, b: 2 },
      { issues: [': Too big: expected object to have <=1 properties'] },
    ],
    [
      'a schema that others extend keeps what they may declare',
      { $ref: '#/components/schemas/Animal' },
      { kind: 'lion', mane: 'm' },
      { value: { kind: 'lion', mane: 'm' } },
    ],
    [
      'the property of a discriminator that no alternative declares',
      {
        oneOf: [{ $ref: '#/components/schemas/Base' }, { $ref: '#/components/schemas/Other' }],
        discriminator: { propertyName: 'is' },
      },
      { is: 'Base', a: 'x', b: 1 },
      { value: { is: 'Base', a: 'x' } },
    ],
    ['a map keeps all', { type: 'object', additionalProperties: { type: 'number' } }, { a: 1 }, { value: { a: 1 } }],
  ];
  test.each(cases)('%s', async (_, schema, input, want) => {
    expect(await run(schema, input, base, { unknownKeys: 'strip' })).toEqual(want);
  });
});
