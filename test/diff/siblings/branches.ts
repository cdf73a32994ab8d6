import type { Json } from '../json.ts';
import { count, list, object, type Row, ref, schemas, text } from './row.ts';

const closed = (name: string): Json => ({ ...object({ [name]: text }, name), additionalProperties: false });
const reversed = (wants: string): string => wants.split(' ').toReversed().join(' ');

const formats = (old: string, now: string, type: string, wants: string): readonly Row[] =>
  schemas(`the format ${old} becomes ${now}`, { type, format: old }, { type, format: now }, wants);

/** `anyOf` becomes `oneOf`, and back. */
const anyToOne = (title: string, list: readonly Json[], wants: string, beside: Json = {}): readonly Row[] => {
  const [any, one] = [
    { ...beside, anyOf: list },
    { ...beside, oneOf: list },
  ];
  return [
    ...schemas(`anyOf becomes oneOf: ${title}`, any, one, wants),
    ...schemas(`oneOf becomes anyOf: ${title}`, one, any, reversed(wants)),
  ];
};

/** Branches, values, tuples, maps and properties of one direction. */
export const branches: readonly Row[] = [
  ...schemas(
    'a part of allOf with a property is removed, behind a ref',
    { allOf: [ref('A'), ref('B')] },
    ref('A'),
    'MM MM',
    { schemas: { A: object({ a: text }), B: object({ b: text }) } },
  ),
  ...schemas(
    'a part forbids the properties of another part',
    { allOf: [object({ n: text }), object({ a: text })] },
    { allOf: [object({ n: text }), { ...object({ a: text }), additionalProperties: false }] },
    'MM MM',
  ),
  ...schemas(
    'an anyOf branch with a property is removed',
    { anyOf: [object({ a: text }, 'a'), object({ b: text }, 'b'), object({ c: text }, 'c')] },
    { anyOf: [object({ a: text }, 'a'), object({ b: text }, 'b')] },
    'MM MM',
  ),
  ...schemas(
    'a oneOf branch with a property is removed',
    { oneOf: [object({ a: text }, 'a'), object({ b: text }, 'b'), object({ c: text }, 'c')] },
    { oneOf: [object({ a: text }, 'a'), object({ b: text }, 'b')] },
    'MM MM',
  ),
  ...anyToOne('open objects', [object({ a: text }, 'a'), object({ b: text }, 'b')], 'Mm mM'),
  ...anyToOne('optional properties', [object({ a: text }), object({ b: text })], 'Mm mM'),
  ...anyToOne('the same properties', [object({ a: text }, 'a'), object({ a: text, b: text }, 'a')], 'Mm mM'),
  ...anyToOne('integers and numbers', [count, { type: 'number' }], 'Mm mM'),
  ...anyToOne('required properties beside the union', [{ required: ['a'] }, { required: ['b'] }], 'Mm mM', {
    ...object({ a: text, b: text }),
  }),
  ...anyToOne('scalars of two types', [text, count], 'nn nn'),
  ...anyToOne('an object or null', [object({ a: text }), { type: 'null' }], 'nn nn'),
  ...anyToOne('closed objects', [closed('a'), closed('b')], 'nn nn'),
  ...anyToOne('constants', [object({ k: { const: 'x' } }, 'k'), object({ k: { const: 'y' } }, 'k')], 'nn nn'),
  ...anyToOne('one branch', [object({ a: text }, 'a')], 'nn nn'),
  ...schemas('a scalar branch is removed', { oneOf: [text, count] }, text, 'Mm mM'),
  ...schemas('a list branch is removed', { oneOf: [text, list(text)] }, text, 'MM MM'),
  ...schemas(
    'oneOf: overlapping objects get a tag',
    { oneOf: [object({ a: text }), object({ b: text })] },
    { oneOf: [object({ k: { const: 1 }, a: text }, 'k'), object({ k: { const: 2 }, b: text }, 'k')] },
    'MM MM',
  ),
  ...schemas('const becomes an enum with the value', { const: 'a' }, { enum: ['a', 'b'] }, 'mM Mm'),
  ...schemas('enum becomes const', { enum: ['a', 'b'] }, { const: 'a' }, 'MM MM'),
  ...schemas('enum behind a ref, const beside it', ref('E'), { ...ref('E'), const: 'b' }, 'MM MM', {
    schemas: { E: { enum: ['a', 'b'] } },
  }),
  ...schemas('const of a different type', { const: 1 }, { const: '1' }, 'MM MM'),
  ...schemas('enums of two parts', { allOf: [{ enum: ['a', 'b'] }, { enum: ['b', 'c'] }] }, { const: 'b' }, 'nn nn'),
  ...schemas(
    'prefixItems: an item accepts more',
    { type: 'array', prefixItems: [text, count], items: false },
    { type: 'array', prefixItems: [text, { type: ['integer', 'string'] }], items: false },
    'mM Mm',
  ),
  ...schemas(
    'prefixItems: further items are forbidden',
    { type: 'array', prefixItems: [text, count] },
    { type: 'array', prefixItems: [text, count], items: false },
    'MM MM',
  ),
  ...schemas(
    'prefixItems: further items are allowed',
    { type: 'array', prefixItems: [text, count], items: false },
    { type: 'array', prefixItems: [text, count] },
    'mM Mm',
  ),
  ...schemas(
    'prefixItems in a different order',
    { type: 'array', prefixItems: [text, count], minItems: 2 },
    { type: 'array', prefixItems: [count, text], minItems: 2 },
    'MM MM',
  ),
  ...schemas(
    'a map declares a required property with a different type',
    { type: 'object', additionalProperties: count },
    { type: 'object', additionalProperties: count, properties: { b: text }, required: ['b'] },
    'MM MM',
  ),
  ...schemas(
    'a map of patterns declares a property with a different type',
    { type: 'object', patternProperties: { '^b': count } },
    { type: 'object', patternProperties: { '^b': count }, properties: { b: text } },
    'mm mm',
  ),
  ...schemas(
    'a map of any values declares a property',
    { type: 'object', additionalProperties: true },
    { type: 'object', additionalProperties: true, properties: { b: text } },
    'mm mm',
  ),
  ...schemas(
    'a map becomes typed',
    { type: 'object', additionalProperties: true },
    { type: 'object', additionalProperties: text },
    'Mm mM',
  ),
  ...schemas(
    'a map is closed',
    { type: 'object', properties: { a: text }, additionalProperties: text },
    { type: 'object', properties: { a: text }, additionalProperties: false },
    'MM MM',
  ),
  ...schemas(
    'readOnly of a required property',
    object({ a: text }, 'a'),
    object({ a: { ...text, readOnly: true } }, 'a'),
    'MM mm',
  ),
  ...schemas('readOnly behind a ref', object({ a: ref('T') }), object({ a: ref('T') }), 'MM mm', {
    schemas: { T: text },
    later: { T: { ...text, readOnly: true } },
  }),
  ...schemas(
    'readOnly in a part',
    { allOf: [object({ a: text }), object({ b: text })] },
    { allOf: [object({ a: text }), object({ b: text, a: { readOnly: true } })] },
    'MM mm',
  ),
  ...schemas('readOnly is removed', object({ a: { ...text, readOnly: true } }), object({ a: text }), 'mm nn'),
  ...schemas(
    'writeOnly of a property',
    object({ a: text, b: text }, 'a'),
    object({ a: text, b: { ...text, writeOnly: true } }, 'a'),
    'nn MM',
  ),
  ...schemas(
    'writeOnly is removed',
    object({ a: text, b: { ...text, writeOnly: true } }, 'b'),
    object({ a: text, b: text }, 'b'),
    'nn mM',
  ),
  ...schemas(
    'readOnly becomes writeOnly',
    object({ a: { ...text, readOnly: true } }),
    object({ a: { ...text, writeOnly: true } }),
    'mm MM',
  ),
  ...formats('int32', 'int64', 'integer', 'mM Mm'),
  ...formats('int64', 'int32', 'integer', 'Mm mM'),
  ...formats('float', 'double', 'number', 'mM Mm'),
  ...formats('email', 'idn-email', 'string', 'mM Mm'),
  ...formats('uri', 'uri-reference', 'string', 'mM Mm'),
  ...formats('iri-reference', 'uri', 'string', 'Mm mM'),
  ...formats('uuid', 'uri', 'string', 'MM MM'),
  ...formats('date', 'date-time', 'string', 'MM MM'),
  ...schemas('uniqueItems', list(text), { ...list(text), uniqueItems: true }, 'Mm mM'),
  ...schemas(
    'dependentRequired',
    object({ a: text, b: text }),
    { ...object({ a: text, b: text }), dependentRequired: { a: ['b'] } },
    'Mm mM',
  ),
  ...schemas(
    'propertyNames',
    { type: 'object', additionalProperties: text },
    { type: 'object', additionalProperties: text, propertyNames: { maxLength: 3 } },
    'Mm mM',
  ),
  ...schemas(
    'unevaluatedProperties',
    { allOf: [object({ a: text }), object({ b: text })] },
    { allOf: [object({ a: text }), object({ b: text })], unevaluatedProperties: false },
    'Mm mM',
  ),
  ...schemas('not', text, { ...text, not: { const: 'x' } }, 'Mm mM'),
  ...schemas('contains', list(text), { ...list(text), contains: { const: 'x' } }, 'Mm mM'),
  ...schemas('multipleOf', count, { ...count, multipleOf: 5 }, 'Mm mM'),
  ...schemas('multipleOf of a divisor', { ...count, multipleOf: 10 }, { ...count, multipleOf: 5 }, 'mM Mm'),
  ...schemas(
    'a required property of a closed object is removed',
    { ...object({ a: text, b: text }, 'b'), additionalProperties: false },
    { ...object({ a: text }), additionalProperties: false },
    'MM MM',
  ),
];
