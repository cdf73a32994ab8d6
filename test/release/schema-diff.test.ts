import { describe, expect, it } from 'vitest';
import { compareContracts, readContract } from '../../scripts/commands/diff/index.ts';
import { type Bump, largest, type Role } from '../../scripts/commands/diff/types.ts';

type Json = { readonly [member: string]: unknown };
type Pair = readonly [title: string, before: Json, after: Json, request: Bump, response: Bump];

const object = (properties: Json, ...required: readonly string[]): Json => ({ type: 'object', properties, required });
const text = { type: 'string' };
const count = { type: 'integer' };
const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
const only = (value: unknown): Json => ({ const: value });

/** A rule, and a length that all of its texts have. */
const impliedLengths: readonly (readonly [rule: Json, length: Json])[] = [
  [{ format: 'ipv4' }, { minLength: 7, maxLength: 15 }],
  [{ format: 'ipv6' }, { minLength: 2, maxLength: 45 }],
  [{ format: 'hostname' }, { minLength: 1, maxLength: 253 }],
  [{ format: 'email' }, { minLength: 3, maxLength: 320 }],
  [{ format: 'uuid' }, { minLength: 36, maxLength: 36 }],
  [{ format: 'time' }, { minLength: 9 }],
  [{ format: 'duration' }, { minLength: 3 }],
  [{ pattern: '^[A-Z]{3}$' }, { minLength: 3, maxLength: 3 }],
  [{ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4})?$' }, { minLength: 8, maxLength: 13 }],
  [{ pattern: '^a$|^bcd$' }, { minLength: 1, maxLength: 3 }],
  [{ pattern: '^(?:ab|cde){2}$' }, { minLength: 4, maxLength: 6 }],
  [{ pattern: '^(?=.*[0-9]).{8,64}$' }, { minLength: 8, maxLength: 64 }],
  [{ pattern: '^\\u{1f600}{2}$' }, { minLength: 2, maxLength: 2 }],
  [{ pattern: '[0-9]{4}' }, { minLength: 4 }],
  [{ pattern: '^(?:)*$' }, { maxLength: 0 }],
];

/** A rule, and a length that some of its texts do not have. */
const otherLengths: typeof impliedLengths = [
  [{ format: 'ipv4' }, { maxLength: 14 }],
  [{ format: 'date-time' }, { maxLength: 20 }],
  [{ format: 'uri' }, { maxLength: 2000 }],
  [{ format: 'phone' }, { maxLength: 15 }],
  [{ pattern: '^[A-Z]{3}$' }, { maxLength: 2 }],
  [{ pattern: '^[A-Z]{3}' }, { maxLength: 3 }],
  [{ pattern: '[A-Z]{3}$' }, { maxLength: 3 }],
  [{ pattern: '^a$|bcd$' }, { maxLength: 3 }],
  [{ pattern: '^a+$' }, { maxLength: 10 }],
  [{ pattern: '^(a+)\\1$' }, { maxLength: 10 }],
  [{ pattern: '^(?:^a$)?' }, { maxLength: 1 }],
];

const SHARED = {
  Item: object({ id: text, note: text }, 'id'),
  Cat: object({ kind: text, meow: text }, 'kind'),
  Dog: object({ kind: text, bark: text }, 'kind'),
  Node: object({ id: text, up: { ...ref('Node'), readOnly: true } }),
  Limit: { ...count, default: 2 },
};

/** A document of one operation, with a schema in its request or in its response. */
function contract(schema: Json, where: 'request' | 'response', schemas: Json = {}, operation: Json = {}) {
  const content = (given: Json) => ({ 'application/json': { schema: given } });
  const document = {
    openapi: '3.1.1',
    info: { title: 'Shop', version: '1' },
    servers: [{ url: 'https://a.invalid' }],
    paths: {
      '/x': {
        post: {
          operationId: 'act',
          ...(where === 'request' && { requestBody: { required: true, content: content(schema) } }),
          responses: { '200': { description: 'Ok.', content: content(where === 'response' ? schema : text) } },
          ...operation,
        },
      },
    },
    components: { schemas: { ...SHARED, ...schemas } },
  };
  return readContract(document, 'shop');
}

function bumpOf(before: Json, after: Json, where: 'request' | 'response', role: Role = 'caller'): Bump {
  const changes = compareContracts(contract(before, where), contract(after, where), role);
  return largest(changes.map(({ bump }) => bump));
}

const fallback = (value: unknown): Json => object({ a: { ...count, default: value } });

const cats = (mapping: Json | undefined, rest: Json = {}): Json => ({
  oneOf: [ref('Cat'), ref('Dog')],
  ...(mapping && { discriminator: { propertyName: 'kind', mapping, ...rest } }),
});
const CAT = '#/components/schemas/Cat';
const DOG = '#/components/schemas/Dog';

const pairs: readonly Pair[] = [
  // Schemas beside a reference apply as well
  ['a sibling names another property', ref('Item'), { ...ref('Item'), properties: { more: text } }, 'minor', 'minor'],
  ['a sibling requires a property', ref('Item'), { ...ref('Item'), required: ['note'] }, 'major', 'minor'],
  ['a sibling requires the same as the target', ref('Item'), { ...ref('Item'), required: ['id'] }, 'none', 'none'],
  [
    'a sibling was a part of allOf',
    { ...ref('Item'), required: ['note'] },
    { allOf: [ref('Item'), { required: ['note'] }] },
    'none',
    'none',
  ],
  [
    'a sibling no longer narrows a type',
    { ...ref('Item'), properties: { note: { maxLength: 3 } } },
    ref('Item'),
    'minor',
    'major',
  ],
  // It names no property, so that it also forbids those of its target: the types have no value for an optional one.
  [
    'a sibling forbids other properties',
    ref('Item'),
    { ...ref('Item'), additionalProperties: false },
    'major',
    'major',
  ],
  [
    'a recursive reference has siblings',
    { ...ref('Node'), maxProperties: 9 },
    { ...ref('Node'), maxProperties: 8 },
    'major',
    'minor',
  ],
  // Discriminators
  ['a discriminator is added', cats(undefined), cats({ cat: CAT, dog: DOG }), 'major', 'minor'],
  ['a discriminator is removed', cats({ cat: CAT, dog: DOG }), cats(undefined), 'major', 'major'],
  ['a value is renamed', cats({ cat: CAT, dog: DOG }), cats({ feline: CAT, dog: DOG }), 'major', 'major'],
  ['two values change places', cats({ cat: CAT, dog: DOG }), cats({ cat: DOG, dog: CAT }), 'major', 'major'],
  [
    'another value selects a branch',
    cats({ cat: CAT, dog: DOG }),
    cats({ cat: CAT, puss: CAT, dog: DOG }),
    'minor',
    'major',
  ],
  ['implied values are written', cats({}), cats({ Cat: CAT, Dog: 'Dog' }), 'none', 'none'],
  [
    // With a default, only the branches decide, and these overlap.
    'a branch where there is no value',
    cats({ cat: CAT, dog: DOG }),
    cats({ cat: CAT, dog: DOG }, { defaultMapping: 'Cat' }),
    'major',
    'major',
  ],
  // Branches and values
  [
    'a part with a property is removed',
    { allOf: [object({ a: text }), object({ b: text })] },
    object({ a: text }),
    'major',
    'major',
  ],
  [
    'a branch with a property is removed',
    { anyOf: [object({ a: text }, 'a'), object({ b: text }, 'b')] },
    object({ a: text }, 'a'),
    'major',
    'major',
  ],
  [
    'a branch of one type is added',
    { anyOf: [text, count] },
    { anyOf: [text, count, { type: 'boolean' }] },
    'minor',
    'major',
  ],
  [
    'a branch twice inside of a oneOf leaves its values to the branch outside',
    { oneOf: [text, count, { oneOf: [count, { type: 'boolean' }] }] },
    { oneOf: [text, count, { oneOf: [count, { type: 'boolean' }, count] }] },
    'minor',
    'major',
  ],
  [
    'a branch once inside of a oneOf takes the values of the branch outside',
    { oneOf: [text, count, { oneOf: [count, { type: 'boolean' }, count] }] },
    { oneOf: [text, count, { oneOf: [count, { type: 'boolean' }] }] },
    'major',
    'minor',
  ],
  [
    'a wider branch inside of a oneOf leaves values to the branch outside',
    { oneOf: [count, { oneOf: [{ ...count, minimum: 5 }, text] }] },
    { oneOf: [count, { oneOf: [{ ...count, minimum: 5 }, text, { type: 'number' }] }] },
    'major',
    'major',
  ],
  [
    'a property that another part forbids is optional',
    { allOf: [object({ n: count }, 'n'), { type: 'object', properties: { a: text }, additionalProperties: false }] },
    { allOf: [object({ n: count }), { type: 'object', properties: { a: text }, additionalProperties: false }] },
    'major',
    'major',
  ],
  [
    'an optional property that another part forbids has another type',
    { allOf: [object({ n: count }), { type: 'object', properties: { a: text }, additionalProperties: false }] },
    { allOf: [object({ n: text }), { type: 'object', properties: { a: text }, additionalProperties: false }] },
    'none',
    'none',
  ],
  ['a branch twice', { oneOf: [count, text] }, { oneOf: [count, text, count] }, 'major', 'minor'],
  ['a branch overlaps', { oneOf: [count] }, { oneOf: [count, { type: 'number' }] }, 'major', 'major'],
  [
    'a branch overlaps in part',
    { oneOf: [{ ...count, maximum: 5 }] },
    {
      oneOf: [
        { ...count, maximum: 5 },
        { ...count, minimum: 5 },
      ],
    },
    'major',
    'major',
  ],
  [
    'a branch of other numbers',
    { oneOf: [{ ...count, maximum: 5 }] },
    {
      oneOf: [
        { ...count, maximum: 5 },
        { ...count, minimum: 6 },
      ],
    },
    'minor',
    'major',
  ],
  [
    'a branch becomes wider and overlaps',
    { oneOf: [{ enum: ['a'] }, { enum: ['b'] }, count] },
    { oneOf: [text, { enum: ['b'] }, count] },
    'major',
    'major',
  ],
  [
    'anyOf becomes oneOf',
    { anyOf: [text, { ...text, maxLength: 3 }, count] },
    { oneOf: [text, { ...text, maxLength: 3 }, count] },
    'major',
    'minor',
  ],
  [
    'a branch overlaps where a different one did',
    { oneOf: [text, count, { enum: ['a', 'b'] }] },
    { oneOf: [text, count, { enum: ['a', 'b'] }, { ...text, maxLength: 20 }] },
    'major',
    'minor',
  ],
  [
    'a branch overlaps with more',
    { oneOf: [count, { ...count, minimum: 1 }] },
    { oneOf: [count, { ...count, minimum: 0 }] },
    'major',
    'minor',
  ],
  [
    'branches that one branch of oneOf holds overlap',
    { anyOf: [{ anyOf: [ref('Cat'), ref('Dog')] }, { type: 'null' }] },
    { oneOf: [{ anyOf: [ref('Cat'), ref('Dog')] }, { type: 'null' }] },
    'none',
    'none',
  ],
  [
    'a tuple names a further item',
    { type: 'array', prefixItems: [text], items: text },
    { type: 'array', prefixItems: [text, text], items: text },
    'minor',
    'major',
  ],
  [
    'a tuple names an item less',
    { type: 'array', prefixItems: [text, text], items: text },
    { type: 'array', prefixItems: [text], items: text },
    'major',
    'minor',
  ],
  [
    'properties of a pattern',
    object({ a: text }),
    { ...object({ a: text }), patternProperties: { '^y-': text } },
    'major',
    'minor',
  ],
  ['values for a pattern', { ...text, pattern: '^[a-z]+$' }, { ...text, enum: ['a', 'b'] }, 'major', 'minor'],
  [
    'a length that the format has',
    { ...text, format: 'date' },
    { ...text, format: 'date', minLength: 4 },
    'none',
    'none',
  ],
  ['const beside enum', { enum: ['a', 'b'] }, { enum: ['a', 'b'], const: 'a' }, 'major', 'major'],
  ['const and enum say the same', only('a'), { enum: ['a'] }, 'none', 'none'],
  ['an enum value that the type rejects', { ...text, enum: ['a'] }, { ...text, enum: ['a', 1] }, 'none', 'none'],
  ['a value is removed', { enum: ['a', 'b'] }, { enum: ['a'] }, 'major', 'major'],
  ['a tuple has an item less', { prefixItems: [text, count] }, { prefixItems: [text] }, 'major', 'major'],
  ['a tuple has another item', { prefixItems: [text, count] }, { prefixItems: [text, text] }, 'major', 'major'],
  ['a tuple has an item more', { prefixItems: [text] }, { prefixItems: [text, count] }, 'major', 'minor'],
  [
    'a map declares a property differently',
    { type: 'object', additionalProperties: count },
    { ...object({ b: text }), additionalProperties: count },
    'major',
    'major',
  ],
  [
    'a map declares a property alike',
    { type: 'object', additionalProperties: count },
    { ...object({ b: count }), additionalProperties: count },
    'minor',
    'minor',
  ],
  ['a property becomes readOnly', object({ a: text }), object({ a: { ...text, readOnly: true } }), 'major', 'minor'],
  ['a property becomes writeOnly', object({ a: text }), object({ a: { ...text, writeOnly: true } }), 'none', 'major'],
  [
    'a required property is no longer readOnly',
    object({ a: { ...text, readOnly: true } }, 'a'),
    object({ a: text }, 'a'),
    'major',
    'none',
  ],
  // Defaults
  ['a default is added', object({ a: text }), object({ a: { ...text, default: 'x' } }), 'minor', 'minor'],
  [
    'a default changes',
    object({ a: { ...text, default: 'x' } }),
    object({ a: { ...text, default: 'y' } }),
    'minor',
    'major',
  ],
  ['a default is removed', object({ a: { ...text, default: 'x' } }), object({ a: text }), 'minor', 'major'],
  [
    'a default of a required property',
    object({ a: { ...text, default: 'x' } }, 'a'),
    object({ a: text }, 'a'),
    'patch',
    'patch',
  ],
  ['a default behind a reference changes', object({ a: ref('Limit') }), fallback(3), 'minor', 'major'],
  ['a default behind a reference is removed', object({ a: ref('Limit') }), object({ a: count }), 'minor', 'major'],
  ['a default behind a reference is added', object({ a: count }), object({ a: ref('Limit') }), 'minor', 'minor'],
  ['a default moves behind a reference', fallback(2), object({ a: ref('Limit') }), 'none', 'none'],
  ['a default moves behind a part', fallback(2), object({ a: { allOf: [ref('Limit')] } }), 'none', 'none'],
  [
    'a default beside a reference stands for it',
    object({ a: ref('Limit') }),
    object({ a: { ...ref('Limit'), default: 3 } }),
    'minor',
    'major',
  ],
  [
    'a default behind a reference within a list',
    { type: 'array', items: object({ a: ref('Limit') }) },
    { type: 'array', items: fallback(3) },
    'minor',
    'major',
  ],
  ['a default that the type rejects', fallback('x'), object({ a: count }), 'none', 'none'],
  // Words of OpenAPI 3.0
  [
    'null beside branches',
    object({ a: { oneOf: [text, count] } }),
    object({ a: { oneOf: [text, count], nullable: true } }),
    'minor',
    'major',
  ],
  [
    'null beside a part',
    object({ a: { allOf: [ref('Item')] } }),
    object({ a: { allOf: [ref('Item')], nullable: true } }),
    'minor',
    'major',
  ],
  [
    'null beside a part is removed',
    object({ a: { allOf: [ref('Item')], nullable: true } }),
    object({ a: ref('Item') }),
    'major',
    'minor',
  ],
  ['null beside values', { ...text, enum: ['a'] }, { ...text, enum: ['a'], nullable: true }, 'minor', 'major'],
  ['null of both versions', { ...text, nullable: true }, { type: ['string', 'null'] }, 'none', 'none'],
  [
    'null of both versions beside a reference',
    object({ a: { ...ref('Item'), nullable: true } }),
    object({ a: { anyOf: [ref('Item'), { type: 'null' }] } }),
    'none',
    'none',
  ],
  [
    'a bound becomes exclusive',
    { type: 'number', minimum: 1 },
    { type: 'number', minimum: 1, exclusiveMinimum: true },
    'major',
    'minor',
  ],
  [
    'an exclusive bound of both versions',
    { type: 'number', maximum: 9, exclusiveMaximum: true },
    { type: 'number', exclusiveMaximum: 9 },
    'none',
    'none',
  ],
  // Bounds
  [
    'an inclusive bound becomes exclusive',
    { type: 'number', maximum: 9 },
    { type: 'number', exclusiveMaximum: 9 },
    'major',
    'minor',
  ],
  [
    'an exclusive bound becomes inclusive',
    { type: 'number', exclusiveMinimum: 1 },
    { type: 'number', minimum: 1 },
    'minor',
    'major',
  ],
  [
    'an exclusive bound becomes a higher one',
    { type: 'number', exclusiveMinimum: 1 },
    { type: 'number', minimum: 2 },
    'major',
    'minor',
  ],
  ['integers above 0 begin with 1', { ...count, exclusiveMinimum: 0 }, { ...count, minimum: 1 }, 'none', 'none'],
  ['integers below 9 end with 8', { ...count, exclusiveMaximum: 9 }, { ...count, maximum: 8 }, 'none', 'none'],
  ['integers above a half begin with 1', { ...count, minimum: 0.5 }, { ...count, minimum: 1 }, 'none', 'none'],
  [
    'a weaker bound beside an exclusive one',
    { type: 'number', exclusiveMinimum: 1 },
    { type: 'number', exclusiveMinimum: 1, minimum: 0 },
    'none',
    'none',
  ],
  ['a length of a number', count, { ...count, minLength: 3, pattern: 'a', maxItems: 1 }, 'none', 'none'],
  ['a bound of a text', text, { ...text, minimum: 3, multipleOf: 2, minProperties: 1 }, 'none', 'none'],
  ['a format that is not checked', text, { ...text, format: 'phone' }, 'patch', 'patch'],
  ['a format of another type', text, { ...text, format: 'int32' }, 'patch', 'patch'],
  ['a format that all numbers have', { type: 'number' }, { type: 'number', format: 'double' }, 'patch', 'patch'],
  ['a format that some numbers have', count, { ...count, format: 'int32' }, 'major', 'minor'],
  [
    'minProperties equals the required properties, which requests omit',
    object({ a: { ...text, readOnly: true } }, 'a'),
    { ...object({ a: { ...text, readOnly: true } }, 'a'), minProperties: 1 },
    'major',
    'none',
  ],
  // Rules that another part already has
  [
    'a limit that the pattern has',
    { ...text, pattern: '^[a-z]+$' },
    { ...text, pattern: '^[a-z]+$', minLength: 1 },
    'none',
    'none',
  ],
  [
    'a limit that the pattern does not have',
    { ...text, pattern: '^[a-z]*$' },
    { ...text, pattern: '^[a-z]*$', minLength: 1 },
    'major',
    'minor',
  ],
  ...impliedLengths.map(
    ([rule, length]): Pair => [
      `a length that all texts have: ${JSON.stringify(length)} beside ${JSON.stringify(rule)}`,
      { ...text, ...rule },
      { ...text, ...rule, ...length },
      'none',
      'none',
    ],
  ),
  ...otherLengths.map(
    ([rule, length]): Pair => [
      `a length that some texts do not have: ${JSON.stringify(length)} beside ${JSON.stringify(rule)}`,
      { ...text, ...rule },
      { ...text, ...rule, ...length },
      'major',
      'minor',
    ],
  ),
  [
    'bounds that the format has',
    { ...count, format: 'int32' },
    { ...count, format: 'int32', minimum: -2147483648, maximum: 2147483647 },
    'none',
    'none',
  ],
  [
    'a bound that the format does not have',
    { ...count, format: 'int32' },
    { ...count, format: 'int32', maximum: 2147483646 },
    'major',
    'minor',
  ],
  [
    'a bound that the format has, and null has no bounds',
    { type: ['integer', 'null'], format: 'int32' },
    { type: ['integer', 'null'], format: 'int32', maximum: 2147483647 },
    'none',
    'none',
  ],
  ['a length for a format', { ...text, minLength: 1 }, { ...text, format: 'uuid' }, 'major', 'minor'],
  [
    'a length that the new format does not have',
    { ...text, minLength: 11 },
    { ...text, format: 'date' },
    'major',
    'major',
  ],
  ['a format for a length', { ...text, format: 'uuid' }, { ...text, minLength: 1 }, 'minor', 'major'],
  [
    'minProperties equals the required properties',
    object({ a: text }, 'a'),
    { ...object({ a: text }, 'a'), minProperties: 1 },
    'none',
    'none',
  ],
  [
    'minProperties exceeds the required properties by one',
    object({ a: text }, 'a'),
    { ...object({ a: text }, 'a'), minProperties: 2 },
    'major',
    'minor',
  ],
  ['`not` beside other values', { enum: ['a', 'b'] }, { enum: ['a', 'b'], not: only('c') }, 'none', 'none'],
  ['`not` beside the same value', { enum: ['a', 'b'] }, { enum: ['a', 'b'], not: only('b') }, 'major', 'minor'],
  ['`not` beside another type', text, { ...text, not: count }, 'none', 'none'],
  [
    '`not` beside a format',
    { ...text, format: 'email' },
    { ...text, format: 'email', not: only('bad') },
    'none',
    'none',
  ],
  [
    '`not` that was beside a format',
    { ...text, format: 'email', not: only('bad') },
    { ...text, format: 'email' },
    'none',
    'none',
  ],
  ['`not` beside any text', text, { ...text, not: only('bad') }, 'major', 'minor'],
  [
    '`not` beside an object',
    object({ a: text }),
    { ...object({ a: text }), not: { required: ['b'] } },
    'major',
    'minor',
  ],
  [
    'a fixed value that violates the format',
    { oneOf: [count, only('x')] },
    { oneOf: [count, only('x'), { ...text, format: 'email' }] },
    'minor',
    'major',
  ],
  [
    'a fixed value that matches the pattern',
    { oneOf: [count, only('x')] },
    { oneOf: [count, only('x'), { ...text, pattern: '^x' }] },
    'major',
    'major',
  ],
  [
    'a fixed value that exceeds a limit',
    { oneOf: [text, only(9)] },
    { oneOf: [text, only(9), { ...count, maximum: 5 }] },
    'minor',
    'major',
  ],
  // Branches that other branches include
  [
    'a branch gains a limit, and another has none',
    { anyOf: [text, count, count] },
    { anyOf: [text, { ...count, multipleOf: 2 }, count] },
    'none',
    'none',
  ],
  [
    'a branch gains a limit',
    { anyOf: [text, count] },
    { anyOf: [text, { ...count, multipleOf: 2 }] },
    'major',
    'minor',
  ],
  [
    'a branch becomes wider within another',
    { anyOf: [count, { ...count, maximum: 3 }] },
    { anyOf: [count, { ...count, maximum: 5 }] },
    'none',
    'none',
  ],
  [
    'listed values become a number',
    { anyOf: [count, { ...count, enum: [1, 2] }] },
    { anyOf: [{ type: 'number' }, { ...count, enum: [1, 2] }] },
    'minor',
    'major',
  ],
  [
    'another listed value that another branch of oneOf has',
    { oneOf: [count, { ...count, enum: [1, 2] }] },
    { oneOf: [count, { ...count, enum: [1, 2, 9] }] },
    'major',
    'minor',
  ],
  [
    'another listed value that no branch has',
    { oneOf: [text, { ...count, enum: [1, 2] }] },
    { oneOf: [text, { ...count, enum: [1, 2, 9] }] },
    'minor',
    'major',
  ],
  // Lists and tuples
  [
    'a list declares a required item',
    { type: 'array', items: text, minItems: 1 },
    { type: 'array', items: text, minItems: 1, prefixItems: [text] },
    'major',
    'minor',
  ],
  [
    'a list declares an optional item',
    { type: 'array', items: text },
    { type: 'array', items: text, prefixItems: [text] },
    'minor',
    'major',
  ],
  [
    'a list declares items of both kinds',
    { type: 'array', items: text, minItems: 1 },
    { type: 'array', items: text, minItems: 1, prefixItems: [text, text] },
    'major',
    'major',
  ],
  [
    'a tuple with a required item becomes a list',
    { type: 'array', items: text, minItems: 1, prefixItems: [text] },
    { type: 'array', items: text, minItems: 1 },
    'minor',
    'major',
  ],
  [
    'a tuple with an optional item becomes a list',
    { type: 'array', items: text, prefixItems: [text] },
    { type: 'array', items: text },
    'major',
    'minor',
  ],
  [
    'a tuple declares a required item',
    { type: 'array', items: text, minItems: 2, prefixItems: [text] },
    { type: 'array', items: text, minItems: 2, prefixItems: [text, text] },
    'none',
    'none',
  ],
  // Properties that no part names
  [
    'a free part may be null',
    { allOf: [{ type: 'object' }, object({ a: text })] },
    { allOf: [{ type: ['object', 'null'] }, object({ a: text })] },
    'none',
    'none',
  ],
  [
    'a free part is closed',
    { allOf: [{ type: 'object' }, { type: 'object' }] },
    { allOf: [{ type: 'object' }, { type: 'object', additionalProperties: false }] },
    'major',
    'major',
  ],
  [
    'properties of a pattern that another part rejects',
    { allOf: [object({ a: text }), { ...object({ b: text }), additionalProperties: false }] },
    {
      allOf: [
        { ...object({ a: text }), patternProperties: { '^y-': text } },
        { ...object({ b: text }), additionalProperties: false },
      ],
    },
    'minor',
    'minor',
  ],
  [
    'a part that forbids all properties becomes open',
    { allOf: [object({ a: text }), { ...object({}), additionalProperties: false }] },
    { allOf: [object({ a: text }), object({})] },
    'minor',
    'major',
  ],
  [
    'a branch with properties of any name is removed',
    object({ a: { anyOf: [{ type: 'object', additionalProperties: text }, { type: 'null' }] } }),
    object({ a: { type: 'null' } }),
    'major',
    'major',
  ],
  [
    'parts contradict each other',
    { allOf: [object({ a: text }), object({ b: text })] },
    { allOf: [object({ a: text }), text] },
    'major',
    'major',
  ],
  [
    'a branch contradicts the part beside it',
    { allOf: [object({ a: text }), object({ b: text }, 'b')] },
    { allOf: [object({ a: text }), { anyOf: [object({ b: text }, 'b'), count] }] },
    'minor',
    'major',
  ],
  [
    'a tuple has fewer items than places',
    { type: 'array', prefixItems: [text, count], items: text },
    { type: 'array', prefixItems: [text, count], items: text, maxItems: 1 },
    'major',
    'major',
  ],
  [
    'a tuple has no item beyond its places',
    { type: 'array', prefixItems: [text, count], items: text },
    { type: 'array', prefixItems: [text, count], items: text, maxItems: 2 },
    'major',
    'major',
  ],
  [
    'a tuple forbids further items in two ways',
    { type: 'array', prefixItems: [text, count], items: false },
    { type: 'array', prefixItems: [text, count], maxItems: 2 },
    'none',
    'none',
  ],
  [
    'a tuple names a further item that is stricter',
    { type: 'array', prefixItems: [text], items: text },
    { type: 'array', prefixItems: [text, only('x')], items: text },
    'major',
    'major',
  ],
  // Equal by meaning
  [
    'alternatives in another order',
    { oneOf: [text, count, ref('Item')] },
    { oneOf: [ref('Item'), text, count] },
    'none',
    'none',
  ],
  [
    'inline alternatives in another order',
    { anyOf: [object({ a: text }, 'a'), object({ b: text }, 'b')] },
    { anyOf: [object({ b: text }, 'b'), object({ a: text }, 'a')] },
    'none',
    'none',
  ],
  [
    'an inline alternative is a component',
    { anyOf: [SHARED.Item, count] },
    { anyOf: [ref('Item'), count] },
    'none',
    'none',
  ],
  [
    'an inline part is a component',
    { allOf: [SHARED.Item, object({ c: text })] },
    { allOf: [object({ c: text }), ref('Item')] },
    'none',
    'none',
  ],
  ['a type is a branch', { type: ['string', 'null'] }, { oneOf: [{ type: 'null' }, text] }, 'none', 'none'],
  ['values are branches', { enum: ['a', 'b'] }, { oneOf: [only('b'), only('a')] }, 'none', 'none'],
  [
    'a nested alternative',
    { anyOf: [text, count, { type: 'null' }] },
    { anyOf: [{ anyOf: [count, text] }, { type: 'null' }] },
    'none',
    'none',
  ],
  [
    'null is added',
    object({ a: ref('Item') }),
    object({ a: { oneOf: [ref('Item'), { type: 'null' }] } }),
    'minor',
    'major',
  ],
  [
    'null is added to one of two',
    { anyOf: [text, count] },
    { anyOf: [text, count, { type: 'null' }] },
    'minor',
    'major',
  ],
  [
    'an object in two parts',
    object({ a: text, b: text }, 'a'),
    { allOf: [object({ a: text }, 'a'), object({ b: text })] },
    'none',
    'none',
  ],
  [
    'an object whose parts share a property',
    object({ a: { ...text, maxLength: 3 } }),
    { allOf: [object({ a: text }), object({ a: { maxLength: 3 } })] },
    'none',
    'none',
  ],
  [
    'a part with only descriptions',
    ref('Item'),
    { allOf: [ref('Item'), { description: 'An item.' }] },
    'patch',
    'patch',
  ],
  [
    'a part that declares an optional property',
    { allOf: [object({ a: text })] },
    { allOf: [object({ a: text }), object({ b: text })] },
    'minor',
    'minor',
  ],
  ['a union of one', text, { oneOf: [text] }, 'none', 'none'],
  ['a branch that another includes', text, { anyOf: [text, { ...text, maxLength: 3 }] }, 'none', 'none'],
];

describe('the version bump after a change of a schema', () => {
  it.each(pairs)('%s', (_, before, after, request, response) => {
    expect({ request: bumpOf(before, after, 'request'), response: bumpOf(before, after, 'response') }).toEqual({
      request,
      response,
    });
    for (const where of ['request', 'response'] as const)
      for (const schema of [before, after]) expect(bumpOf(schema, schema, where)).toBe('none');
  });

  it('follows references by anchor, by address and below a schema', () => {
    for (const [$ref, rest] of [
      ['#it', { $anchor: 'it' }],
      ['https://a.invalid/thing', { $id: 'https://a.invalid/thing' }],
      ['#/components/schemas/Thing', { properties: { id: { $ref: '#/$defs/id' } }, $id: 'https://a.invalid/thing' }],
    ] as const) {
      const api = (id: Json) =>
        contract({ $ref }, 'response', { Thing: { ...object({ id }), $defs: { id }, ...rest } });
      const found = compareContracts(api(text), api(count), 'caller');
      expect(found.map(({ text: says }) => says)).toContain('response 200: `id` was string and is integer');
      expect(compareContracts(api(text), api(text), 'both')).toEqual([]);
    }
  });

  it('handles schemas whose levels each reference the next one twice', () => {
    const schemas = Object.fromEntries(
      Array.from({ length: 40 }, (_, level) => {
        const next = { ...ref(`L${level + 1}`), maxProperties: 9 };
        return [`L${level}`, object({ a: next, b: next })];
      }),
    );
    const api = () => contract(ref('L0'), 'response', { ...schemas, L40: object({ id: text }) });
    const other = contract(ref('L0'), 'response', { ...schemas, L40: object({}) });
    expect(compareContracts(api(), api(), 'caller')).toEqual([]);
    expect(compareContracts(api(), other, 'caller').map(({ bump }) => bump)).toEqual(['major']);
  });
});

const parameter = (rest: Json): Json => ({ parameters: [{ name: 'X-Limit', in: 'header', schema: count, ...rest }] });
const headers = (listed: Json): Json => ({
  responses: { '200': { description: 'Ok.', headers: listed, content: { 'application/json': { schema: text } } } },
});
const total = (required: boolean, schema: Json = count): Json => headers({ 'X-Total': { required, schema } });
const statuses = (...listed: readonly string[]): Json => ({
  responses: Object.fromEntries(listed.map((status) => [status, { description: 'Said.' }])),
});
const media = (status: string, ...types: readonly string[]): Json => ({
  responses: {
    [status]: { description: 'Ok.', content: Object.fromEntries(types.map((type) => [type, { schema: text }])) },
  },
});
const taken = (...types: readonly string[]): Json => ({
  requestBody: { content: Object.fromEntries(types.map((type) => [type, { schema: text }])) },
});
const form = (encoding: Json, type = 'multipart/form-data'): Json => ({
  requestBody: {
    content: {
      [type]: {
        schema: object({
          f: { ...text, format: 'binary' },
          n: text,
          l: { type: 'array', items: text },
          o: object({ a: text }),
        }),
        encoding,
      },
    },
  },
});
const limits = (response?: number): Json => ({
  'x-cs-timeout': { attempt: 9000, ...(response && { response }) },
});
const retry = (rule: unknown): Json => ({ 'x-cs-retry': rule });
const key = { idempotent: { key: { in: 'header', name: 'X-Once' } } };
const confirmed = {
  confirm: {
    operation: 'list',
    input: { '/query/of': '/query/of' },
    rows: '/rows',
    match: { '/coin': '/body/coin' },
    time: '/at',
    id: '/id',
    within: 1000,
  },
};

const operations: readonly (readonly [string, Json, Json, caller: Bump, receiver: Bump])[] = [
  ['a parameter is deprecated', parameter({}), parameter({ deprecated: true }), 'minor', 'minor'],
  ['a header in another case', parameter({}), parameter({ name: 'x-limit' }), 'major', 'major'],
  ['a default is added', parameter({}), parameter({ schema: { ...count, default: 1 } }), 'minor', 'minor'],
  [
    'a default changes',
    parameter({ schema: { ...count, default: 2 } }),
    parameter({ schema: { ...count, default: 1 } }),
    'minor',
    'major',
  ],
  ['a default is removed', parameter({ schema: { ...count, default: 2 } }), parameter({}), 'minor', 'major'],
  ['a required response header is removed', total(true), headers({}), 'major', 'minor'],
  ['an optional response header is removed', total(false), headers({}), 'minor', 'minor'],
  ['a response header becomes optional', total(true), total(false), 'major', 'minor'],
  ['a response header has another type', total(true), total(true, text), 'major', 'major'],
  [
    'a response header in another case',
    total(true),
    headers({ 'x-total': { required: true, schema: count } }),
    'none',
    'none',
  ],
  ['a failure is no longer declared', statuses('204', '409'), statuses('204'), 'minor', 'major'],
  ['a default response is no longer declared', statuses('204', 'default'), statuses('204'), 'minor', 'major'],
  ['a range of failures is no longer declared', statuses('204', '4XX'), statuses('204'), 'minor', 'major'],
  ['a success is removed', statuses('200', '204'), statuses('204'), 'major', 'major'],
  [
    'a success gets another media type',
    media('200', 'application/json'),
    media('200', 'application/json', 'application/octet-stream'),
    'major',
    'minor',
  ],
  [
    'a success gets another media type with the same data',
    media('200', 'application/json'),
    media('200', 'application/json', 'text/csv'),
    'minor',
    'minor',
  ],
  [
    'a request gets another media type with the same data',
    taken('application/json'),
    taken('application/json', 'text/csv'),
    'minor',
    'minor',
  ],
  [
    'a request gets another media type with other data',
    taken('application/json'),
    taken('application/json', 'application/octet-stream'),
    'minor',
    'major',
  ],
  [
    'a failure gets another media type',
    media('404', 'application/json'),
    media('404', 'application/json', 'text/csv'),
    'minor',
    'minor',
  ],
  [
    'the content type of a part changes',
    form({ f: { contentType: 'image/png' } }),
    form({ f: { contentType: 'image/gif' } }),
    'major',
    'major',
  ],
  ['a part gets a content type', form({}), form({ f: { contentType: 'image/gif' } }), 'major', 'major'],
  [
    'a part loses its headers',
    form({ f: { headers: { 'X-A': { schema: { enum: ['a'] } } } } }),
    form({}),
    'major',
    'major',
  ],
  [
    'a field gets a style',
    form({}, 'application/x-www-form-urlencoded'),
    form({ l: { style: 'pipeDelimited' } }, 'application/x-www-form-urlencoded'),
    'major',
    'major',
  ],
  [
    'a field that is not a list gets a style',
    form({}, 'application/x-www-form-urlencoded'),
    form({ n: { style: 'pipeDelimited' } }, 'application/x-www-form-urlencoded'),
    'none',
    'none',
  ],
  [
    'a list gets its default style',
    form({}, 'application/x-www-form-urlencoded'),
    form({ l: { style: 'form', explode: true } }, 'application/x-www-form-urlencoded'),
    'none',
    'none',
  ],
  [
    'an object gets its default content type',
    form({}),
    form({ o: { contentType: 'application/json' } }),
    'none',
    'none',
  ],
  ['the time limit decreases', limits(5000), limits(100), 'minor', 'major'],
  ['a time limit is added', limits(), limits(100), 'minor', 'major'],
  ['the time limit increases', limits(100), limits(5000), 'minor', 'minor'],
  ['a key is no longer sent', retry(key), retry('idempotent'), 'major', 'major'],
  ['a key is no longer sent, and the call is no longer retried', retry(key), retry('never'), 'major', 'major'],
  ['a key is renamed', retry(key), retry({ idempotent: { key: { in: 'header', name: 'X-Key' } } }), 'major', 'major'],
  ['a key is added', retry('idempotent'), retry(key), 'minor', 'minor'],
  ['a call is confirmed before a retry', retry('never'), retry(confirmed), 'minor', 'minor'],
  ['a call is confirmed, and no longer has a key', retry(key), retry(confirmed), 'major', 'major'],
  ['a call is no longer confirmed, nor retried', retry(confirmed), retry('never'), 'minor', 'minor'],
  ['a call is retried without being confirmed', retry(confirmed), retry('idempotent'), 'major', 'major'],
];

describe('the version bump after a change of an operation', () => {
  it.each(operations)('%s', (_, before, after, caller, receiver) => {
    const bump = (role: Role): Bump => {
      const [old, now] = [before, after].map((operation) => contract(text, 'response', {}, operation));
      if (old === undefined || now === undefined) throw new Error('two contracts expected');
      return largest(compareContracts(old, now, role).map((change) => change.bump));
    };
    expect({ caller: bump('caller'), receiver: bump('receiver') }).toEqual({ caller, receiver });
  });

  it('reports a renamed schema without references', () => {
    const changes = compareContracts(
      contract(text, 'response', { Spare: text }),
      contract(text, 'response', { Other: text }),
      'caller',
    );
    expect(changes.map(({ bump, text: says }) => `${bump}: ${says}`)).toEqual([
      'major: The schema `Spare` was removed',
      'patch: The schema `Other` is new',
    ]);
  });
});
