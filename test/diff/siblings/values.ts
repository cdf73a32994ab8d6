import type { Json } from '../json.ts';
import { list, object, operation, type Row, ref, schemas, text } from './row.ts';

const p = (rest: Json): Json => ({ parameters: [{ name: 'q', in: 'query', schema: list(text), ...rest }] });

/** Removed values, and deprecated ones. */
export const values: readonly Row[] = [
  ...schemas('an enum value gone in a list', list({ enum: ['a', 'b'] }), list({ enum: ['a'] }), 'MM MM'),
  ...schemas('an enum value gone behind a ref', object({ s: ref('E') }), object({ s: ref('E') }), 'MM MM', {
    schemas: { E: { enum: ['a', 'b'] } },
    later: { E: { enum: ['a'] } },
  }),
  ...schemas('an enum value gone of consts', { oneOf: [{ const: 'a' }, { const: 'b' }] }, { const: 'a' }, 'MM MM'),
  ...schemas('null gone from an enum', { enum: ['a', null] }, { enum: ['a'] }, 'MM MM'),
  ...schemas('an enum value more', { enum: ['a'] }, { enum: ['a', 'b'] }, 'mM Mm'),
  ...schemas('an enum in another order', { enum: ['a', 'b'] }, { enum: ['b', 'a'] }, 'nn nn'),
  ...schemas('an enum becomes any text', { ...text, enum: ['a', 'b'] }, text, 'mM Mm'),
  ...schemas('a boolean becomes true', { type: 'boolean' }, { const: true }, 'MM MM'),
  ...schemas('a deprecated member', object({ a: text }), object({ a: { ...text, deprecated: true } }), 'mm mm'),
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
    'an enum value of a parameter gone',
    p({ schema: { enum: ['a', 'b'] } }),
    p({ schema: { enum: ['a'] } }),
    'MM',
  ),
  operation('a deprecated operation', {}, { deprecated: true }, 'mm'),
];
