import type { Json } from '../json.ts';
import { count, list, object, operation, type Row, ref, schemas, text } from './row.ts';

const q = (schema: Json, rest: Json = {}): Json => ({ parameters: [{ name: 'q', in: 'query', schema, ...rest }] });
const d = (value: unknown): Json => ({ ...count, default: value });

/** Defaults of parameters and properties. */
export const defaults: readonly Row[] = [
  operation('a query default changes', q(d(1)), q(d(2)), 'mM'),
  operation('a query default is added', q(count), q(d(2)), 'mm'),
  operation('a query default is removed', q(d(1)), q(count), 'mM'),
  operation('a default of a required parameter', q(d(1), { required: true }), q(d(2), { required: true }), 'pp'),
  operation('a parameter with a default becomes required', q(d(1)), q(d(1), { required: true }), 'Mm'),
  operation(
    'a header default changes',
    q(d(1), { in: 'header', name: 'X-Q' }),
    q(d(2), { in: 'header', name: 'X-Q' }),
    'mM',
  ),
  operation('a cookie default changes', q(d(1), { in: 'cookie' }), q(d(2), { in: 'cookie' }), 'mM'),
  operation(
    'a default of a list',
    q({ ...list(text), default: ['a'] }),
    q({ ...list(text), default: ['a', 'b'] }),
    'mM',
  ),
  operation(
    'a default of an object, properties in a different order',
    q({ ...object({ a: count, b: count }), default: { a: 1, b: 2 } }),
    q({ ...object({ a: count, b: count }), default: { b: 2, a: 1 } }),
    'nn',
  ),
  operation('a default behind a ref changes', q(ref('D')), q(ref('D')), 'mM', {
    components: { schemas: { D: d(1) } },
    later: { schemas: { D: d(2) } },
  }),
  operation('a default beside a ref changes', q({ ...ref('D'), default: 5 }), q({ ...ref('D'), default: 6 }), 'mM', {
    components: { schemas: { D: d(1) } },
  }),
  operation(
    'a default of a property of a deepObject',
    q(object({ a: d(1) }), { style: 'deepObject', explode: true }),
    q(object({ a: d(2) }), { style: 'deepObject', explode: true }),
    'mM',
  ),
  operation(
    'a default of a parameter in content',
    { parameters: [{ name: 'q', in: 'query', content: { 'application/json': { schema: d(1) } } }] },
    { parameters: [{ name: 'q', in: 'query', content: { 'application/json': { schema: d(2) } } }] },
    'mM',
  ),
  ...schemas('a property default changes', object({ a: d(1) }), object({ a: d(2) }), 'mM Mm'),
  ...schemas('a default of a property in a list', list(object({ a: d(1) })), list(object({ a: d(2) })), 'mM Mm'),
  ...schemas(
    'a default of a property in a map',
    { type: 'object', additionalProperties: object({ a: d(1) }) },
    { type: 'object', additionalProperties: object({ a: d(2) }) },
    'mM Mm',
  ),
  ...schemas(
    'a default in a branch',
    { oneOf: [object({ k: { const: 1 }, a: d(1) }, 'k'), object({ k: { const: 2 } }, 'k')] },
    { oneOf: [object({ k: { const: 1 }, a: d(2) }, 'k'), object({ k: { const: 2 } }, 'k')] },
    'mM Mm',
  ),
  ...schemas(
    'a default of a part',
    { allOf: [object({ a: d(1) }), object({ b: text })] },
    { allOf: [object({ a: d(3) }), object({ b: text })] },
    'mM Mm',
  ),
  ...schemas(
    'a default of null',
    object({ a: { type: ['integer', 'null'], default: null } }),
    object({ a: { type: ['integer', 'null'], default: 1 } }),
    'mM Mm',
  ),
  ...schemas(
    'a default becomes null',
    object({ a: { type: ['integer', 'null'], default: 1 } }),
    object({ a: { type: ['integer', 'null'], default: null } }),
    'mM Mm',
  ),
  ...schemas('a property with a default becomes required', object({ a: d(1) }), object({ a: d(1) }, 'a'), 'Mm mM'),
  ...schemas(
    'a required property becomes optional with a default',
    object({ a: count }, 'a'),
    object({ a: d(1) }),
    'mM Mm',
  ),
  ...schemas(
    'a default of a readOnly property',
    object({ a: { ...d(1), readOnly: true } }),
    object({ a: { ...d(2), readOnly: true } }),
    'nn Mm',
  ),
  ...schemas('a default of items is never filled in', list(d(1)), list(d(2)), 'nn nn'),
  ...schemas(
    'a default of an enum',
    object({ a: { enum: ['x', 'y'], default: 'x' } }),
    object({ a: { enum: ['x', 'y'], default: 'y' } }),
    'mM Mm',
  ),
  ...schemas(
    'a default beside oneOf',
    object({ a: { oneOf: [text, count], default: 'x' } }),
    object({ a: { oneOf: [text, count], default: 1 } }),
    'mM Mm',
  ),
  ...schemas(
    '3.0: a default beside nullable',
    object({ a: { ...count, nullable: true, default: 1 } }),
    object({ a: { ...count, nullable: true, default: 2 } }),
    'mM Mm',
    { version: '3.0.3' },
  ),
];
