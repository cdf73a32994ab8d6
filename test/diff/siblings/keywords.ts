import type { Json } from '../json.ts';
import { count, list, object, type Row, ref, schemas, text } from './row.ts';

/** A sender of the first property must send the others. */
const when = (one: string, ...others: readonly string[]): Json =>
  Object.fromEntries([
    ['if', { required: [one] }],
    ['then', { required: others }],
  ]);
const two = [object({ a: text }), object({ b: text })];

/** Rare keywords. */
export const keywords: readonly Row[] = [
  ...schemas('unevaluatedProperties', { allOf: two }, { allOf: two, unevaluatedProperties: false }, 'Mm mM'),
  ...schemas('unevaluatedProperties is removed', { allOf: two, unevaluatedProperties: false }, { allOf: two }, 'mM Mm'),
  ...schemas('unevaluatedProperties true', { allOf: two }, { allOf: two, unevaluatedProperties: true }, 'nn nn'),
  ...schemas(
    'unevaluatedProperties typed',
    { allOf: two, unevaluatedProperties: text },
    { allOf: two, unevaluatedProperties: count },
    'MM MM',
  ),
  ...schemas(
    'unevaluatedProperties false to typed',
    { allOf: two, unevaluatedProperties: false },
    { allOf: two, unevaluatedProperties: count },
    'mM Mm',
  ),
  ...schemas(
    'unevaluatedProperties beside properties',
    object({ a: text }),
    { ...object({ a: text }), unevaluatedProperties: false },
    'Mm mM',
  ),
  ...schemas(
    'unevaluatedProperties for additionalProperties',
    { ...object({ a: text }), additionalProperties: false },
    { ...object({ a: text }), unevaluatedProperties: false },
    'nn nn',
  ),
  ...schemas(
    'unevaluatedItems',
    { type: 'array', prefixItems: [text] },
    { type: 'array', prefixItems: [text], unevaluatedItems: false },
    'MM MM',
  ),
  ...schemas('propertyNames false', { type: 'object' }, { type: 'object', propertyNames: false }, 'Mm mM'),
  ...schemas('contains false', list(text), { ...list(text), contains: false }, 'Mm mM'),
  ...schemas('not false', text, { ...text, not: false }, 'nn nn'),
  ...schemas('not true', object({ a: text }), object({ a: { ...text, not: true } }), 'Mm mM'),
  ...schemas(
    'a pattern of properties and a declared property',
    { type: 'object', patternProperties: { '^x-': text } },
    { type: 'object', patternProperties: { '^x-': text }, properties: { id: text } },
    'mm mm',
  ),
  ...schemas(
    'a pattern of properties is added beside declared properties',
    object({ id: text }),
    { ...object({ id: text }), patternProperties: { '^x-': text } },
    'Mm mM',
  ),
  ...schemas(
    'a pattern of properties is removed beside declared properties',
    { ...object({ id: text }), patternProperties: { '^x-': text } },
    object({ id: text }),
    'MM MM',
  ),
  ...schemas(
    'a pattern of properties has a different type',
    { type: 'object', patternProperties: { '^x-': text } },
    { type: 'object', patternProperties: { '^x-': count } },
    'MM MM',
  ),
  ...schemas(
    'a pattern of properties beside declared ones accepts more',
    { ...object({ id: text }), patternProperties: { '^x-': text } },
    { ...object({ id: text }), patternProperties: { '^x-': { type: ['string', 'null'] } } },
    'mM Mm',
  ),
  ...schemas(
    'a pattern of properties accepts more',
    { type: 'object', patternProperties: { '^x-': text } },
    { type: 'object', patternProperties: { '^x-': { type: ['string', 'null'] } } },
    'mM Mm',
  ),
  ...schemas(
    'a different pattern of properties',
    { type: 'object', patternProperties: { '^x-': text }, additionalProperties: false },
    { type: 'object', patternProperties: { '^y-': text }, additionalProperties: false },
    'MM MM',
  ),
  ...schemas(
    'a second pattern of properties is added',
    { type: 'object', patternProperties: { '^x-': text }, additionalProperties: false },
    { type: 'object', patternProperties: { '^x-': text, '^y-': text }, additionalProperties: false },
    'mm mm',
  ),
  ...schemas(
    'a map gains a pattern',
    { type: 'object', additionalProperties: text },
    { type: 'object', additionalProperties: text, patternProperties: { '^x-': count } },
    'MM MM',
  ),
  ...schemas(
    'a free object gains a pattern',
    { type: 'object' },
    { type: 'object', patternProperties: { '^x-': text } },
    'MM MM',
  ),
  ...schemas(
    'a free object gains a pattern of endings',
    { type: 'object' },
    { type: 'object', patternProperties: { '-x$': text } },
    'Mm mM',
  ),
  ...schemas(
    'a pattern in a part',
    { allOf: [object({}), object({ a: text })] },
    { allOf: [{ ...object({}), patternProperties: { '^y-': text } }, object({ a: text })] },
    'MM MM',
  ),
  ...schemas(
    'a pattern loses a property',
    { type: 'object', patternProperties: { '^x-': object({ a: text, b: text }) } },
    { type: 'object', patternProperties: { '^x-': object({ a: text }) } },
    'MM MM',
  ),
  ...schemas(
    'a pattern gains a property',
    { type: 'object', patternProperties: { '^x-': object({ a: text }) } },
    { type: 'object', patternProperties: { '^x-': object({ a: text, b: text }) } },
    'mm mm',
  ),
  ...schemas(
    'contains: accepts more',
    { ...list(text), contains: { maxLength: 3 } },
    { ...list(text), contains: { maxLength: 4 } },
    'mM Mm',
  ),
  ...schemas(
    'contains and maxContains: accept more',
    { ...list(text), contains: { maxLength: 3 }, maxContains: 1 },
    { ...list(text), contains: { maxLength: 4 }, maxContains: 1 },
    'MM MM',
  ),
  ...schemas(
    'a tuple loses an item before enum items',
    { type: 'array', prefixItems: [{ type: 'number' }, count], items: { enum: [1, 2, 3] } },
    { type: 'array', prefixItems: [count], items: { enum: [1, 2, 3] } },
    'Mm mM',
  ),
  ...schemas(
    'a union with one branch that is writeOnly',
    object({ a: { ...count, writeOnly: true } }, 'a'),
    object({ a: { oneOf: [{ ...count, writeOnly: true }] } }, 'a'),
    'nn mM',
  ),
  ...schemas('multipleOf 10 → 5', { ...count, multipleOf: 10 }, { ...count, multipleOf: 5 }, 'mM Mm'),
  ...schemas(
    'multipleOf 0.01 → 0.1',
    { type: 'number', multipleOf: 0.01 },
    { type: 'number', multipleOf: 0.1 },
    'Mm mM',
  ),
  ...schemas('multipleOf 4 → 6', { ...count, multipleOf: 4 }, { ...count, multipleOf: 6 }, 'MM MM'),
  ...schemas(
    'dependentSchemas',
    object({ a: text, b: text }),
    { ...object({ a: text, b: text }), dependentSchemas: { a: { required: ['b'] } } },
    'Mm mM',
  ),
  ...schemas(
    'minContains',
    { ...list(text), contains: { const: 'x' } },
    { ...list(text), contains: { const: 'x' }, minContains: 2 },
    'Mm mM',
  ),
  ...schemas(
    'maxContains is removed',
    { ...list(text), contains: { const: 'x' }, maxContains: 2 },
    { ...list(text), contains: { const: 'x' } },
    'mM Mm',
  ),
  ...schemas(
    'if is removed',
    { ...object({ a: text, b: text }), ...when('a', 'b') },
    object({ a: text, b: text }),
    'mM Mm',
  ),
  ...schemas(
    'then requires another property',
    { ...object({ a: text, b: text }), ...when('a', 'b') },
    { ...object({ a: text, b: text, c: text }), ...when('a', 'b', 'c') },
    'MM MM',
  ),
  ...schemas('a schema true', object({ a: text }), object({ a: true }), 'mM Mm'),
  ...schemas('a schema false', object({ a: text }), object({ a: false }), 'MM MM'),
  ...schemas('contentEncoding', { ...text, contentEncoding: 'base64' }, text, 'mM Mm'),
  ...schemas('binary', { ...text, format: 'binary' }, text, 'MM MM'),
  ...schemas('3.0 file', { ...text, format: 'byte' }, text, 'mM Mm', { version: '3.0.3' }),
  ...schemas('int64', count, { ...count, format: 'int64' }, 'Mm mM'),
  ...schemas('integer to number', count, { type: 'number' }, 'mM Mm'),
  ...schemas('number to integer', { type: 'number' }, count, 'Mm mM'),
  ...schemas(
    'maxProperties',
    { type: 'object', additionalProperties: text },
    { type: 'object', additionalProperties: text, maxProperties: 3 },
    'Mm mM',
  ),
  ...schemas(
    'an undeclared required property',
    object({ a: text }),
    { ...object({ a: text }), required: ['zz'] },
    'Mm mM',
  ),
  ...schemas('type array order', { type: ['string', 'null'] }, { type: ['null', 'string'] }, 'nn nn'),
  ...schemas('examples', text, { ...text, examples: ['x'] }, 'pp pp'),
  ...schemas('dynamicRef', ref('Tree'), ref('Tree'), 'MM MM', {
    schemas: { Tree: { $dynamicAnchor: 'n', ...object({ v: text, kids: list({ $dynamicRef: '#n' }) }) } },
    later: { Tree: { $dynamicAnchor: 'n', ...object({ v: count, kids: list({ $dynamicRef: '#n' }) }) } },
  }),
];
