import { count, list, object, type Row, ref, schemas, text } from './row.ts';

const Item = object({ id: text, note: text }, 'id');
const Text = text;
const Node = object({ id: text, up: { ...ref('Node'), description: 'Above.' } });
const base = { Item, Text, Node };

/** A `$ref` and its siblings. */
export const references: readonly Row[] = [
  ...schemas('an enum beside a ref', ref('Text'), { ...ref('Text'), enum: ['a', 'b'] }, 'Mm mM', { schemas: base }),
  ...schemas(
    'a limit beside a ref is lowered',
    { ...ref('Text'), maxLength: 9 },
    { ...ref('Text'), maxLength: 5 },
    'Mm mM',
    { schemas: base },
  ),
  ...schemas('a description beside a ref', ref('Item'), { ...ref('Item'), description: 'x' }, 'pp pp', {
    schemas: base,
  }),
  ...schemas('null beside a ref to a string', ref('Text'), { ...ref('Text'), type: ['string', 'null'] }, 'nn nn', {
    schemas: base,
  }),
  ...schemas(
    'the pattern moves from the target to the sibling',
    ref('Text'),
    { ...ref('Text'), pattern: '^a' },
    'nn nn',
    { schemas: { ...base, Text: { ...text, pattern: '^a' } }, later: base },
  ),
  ...schemas(
    'the target of a ref with siblings gains a required property',
    object({ a: { ...ref('Item'), title: 'A' } }),
    object({ a: { ...ref('Item'), title: 'A' } }),
    'Mm mM',
    { schemas: base, later: { ...base, Item: object({ id: text, note: text }, 'id', 'note') } },
  ),
  ...schemas('a recursive target changes a type', ref('Node'), ref('Node'), 'MM MM', {
    schemas: base,
    later: { ...base, Node: object({ id: count, up: { ...ref('Node'), description: 'Above.' } }) },
  }),
  ...schemas('a recursive ref gains readOnly beside it', ref('Node'), ref('Node'), 'MM mm', {
    schemas: base,
    later: { ...base, Node: object({ id: text, up: { ...ref('Node'), readOnly: true } }) },
  }),
  ...schemas('siblings in items', list({ ...ref('Item'), required: ['note'] }), list(ref('Item')), 'mM Mm', {
    schemas: base,
  }),
  ...schemas(
    'siblings in a map',
    { type: 'object', additionalProperties: { ...ref('Text'), maxLength: 3 } },
    { type: 'object', additionalProperties: ref('Text') },
    'mM Mm',
    { schemas: base },
  ),
  ...schemas(
    'two levels of siblings',
    { ...ref('Mid'), properties: { id: { maxLength: 5 } } },
    { ...ref('Mid'), properties: { id: { maxLength: 5 } } },
    'Mm mM',
    {
      schemas: { ...base, Mid: { ...ref('Item'), minProperties: 1 } },
      later: { ...base, Mid: { ...ref('Item'), minProperties: 1, required: ['note'] } },
    },
  ),
  ...schemas(
    'a sibling forbids other properties of a part',
    { ...ref('Item'), properties: { more: count } },
    { ...ref('Item'), properties: { more: count, id: text, note: text }, additionalProperties: false },
    'Mm mM',
    { schemas: base },
  ),
  ...schemas('3.0: a sibling of a ref is ignored', ref('Item'), { ...ref('Item'), required: ['note'] }, 'nn nn', {
    schemas: base,
    version: '3.0.3',
  }),
  ...schemas(
    '3.0: nullable beside a ref becomes a union with null',
    object({ a: ref('Text') }),
    object({ a: { ...ref('Text'), nullable: true } }),
    'mM Mm',
    { schemas: base, version: '3.0.3' },
  ),
];
