import type { Json } from '../json.ts';
import { list, object, operation, type Row, ref, schemas, text } from './row.ts';

const p = (rest: Json): Json => ({ parameters: [{ name: 'q', in: 'query', schema: list(text), ...rest }] });

/** Removed values, and deprecated ones. */
export const values: readonly Row[] = [
  ...schemas('an enum value is removed in a list', list({ enum: ['a', 'b'] }), list({ enum: ['a'] }), 'MM MM'),
  ...schemas('an enum value is removed behind a ref', object({ s: ref('E') }), object({ s: ref('E') }), 'MM MM', {
    schemas: { E: { enum: ['a', 'b'] } },
    later: { E: { enum: ['a'] } },
  }),
  ...schemas(
    'a value is removed from a union of consts',
    { oneOf: [{ const: 'a' }, { const: 'b' }] },
    { const: 'a' },
    'MM MM',
  ),
  ...schemas('null is removed from an enum', { enum: ['a', null] }, { enum: ['a'] }, 'MM MM'),
  ...schemas('an enum value is added', { enum: ['a'] }, { enum: ['a', 'b'] }, 'mM Mm'),
  ...schemas('an enum in a different order', { enum: ['a', 'b'] }, { enum: ['b', 'a'] }, 'nn nn'),
  ...schemas('an enum becomes any text', { ...text, enum: ['a', 'b'] }, text, 'mM Mm'),
  ...schemas('a boolean becomes the constant true', { type: 'boolean' }, { const: true }, 'MM MM'),
  ...schemas('a deprecated property', object({ a: text }), object({ a: { ...text, deprecated: true } }), 'mm mm'),
  operation(
    'a deprecated header',
    p({ in: 'header', schema: text }),
    p({ in: 'header', schema: text, deprecated: true }),
    'mm',
  ),
  operation(
    'a deprecated cookie',
    p({ in: 'cookie', schema: text }),
    p({ in: 'cookie', schema: text, deprecated: true }),
    'mm',
  ),
  operation('a deprecated query schema', p({ schema: text }), p({ schema: { ...text, deprecated: true } }), 'mm'),
  operation(
    'an enum value of a parameter is removed',
    p({ schema: { enum: ['a', 'b'] } }),
    p({ schema: { enum: ['a'] } }),
    'MM',
  ),
  operation('a deprecated operation', {}, { deprecated: true }, 'mm'),
];
