import type { Json } from '../json.ts';
import { body, count, list, nothing, object, operation, type Row, ref, schemas, text } from './row.ts';

const p = (rest: Json): Json => ({ parameters: [{ name: 'q', in: 'query', schema: list(text), ...rest }] });

/** Changes without an effect, and additions that programs may ignore. */
export const equal: readonly Row[] = [
  ...schemas(
    'alternatives in a different order',
    { oneOf: [text, count, object({ a: text })] },
    { oneOf: [object({ a: text }), count, text] },
    'nn nn',
  ),
  ...schemas(
    'an inline alternative moves',
    { oneOf: [object({ a: text }, 'a'), count] },
    { oneOf: [ref('A'), count] },
    'pp pp',
    { later: { A: object({ a: text }, 'a') } },
  ),
  ...schemas(
    'an inline part moves',
    { allOf: [object({ a: text }), object({ b: text })] },
    { allOf: [ref('A'), object({ b: text })] },
    'pp pp',
    { later: { A: object({ a: text }) } },
  ),
  ...schemas('an inline item moves', list(object({ a: text })), list(ref('A')), 'pp pp', {
    later: { A: object({ a: text }) },
  }),
  ...schemas(
    'a ref wrapped as oneOf with null',
    object({ a: ref('A') }),
    object({ a: { oneOf: [ref('A'), nothing] } }),
    'mM Mm',
    { schemas: { A: object({ a: text }) } },
  ),
  ...schemas(
    'a ref wrapped as anyOf with null',
    object({ a: ref('A') }),
    object({ a: { anyOf: [ref('A'), nothing] } }),
    'mM Mm',
    { schemas: { A: object({ a: text }) } },
  ),
  ...schemas('a ref wrapped as allOf', object({ a: ref('A') }), object({ a: { allOf: [ref('A')] } }), 'nn nn', {
    schemas: { A: object({ a: text }) },
  }),
  ...schemas(
    'an object as two parts',
    object({ a: text, b: count }, 'a'),
    { allOf: [object({ a: text }, 'a'), object({ b: count })] },
    'nn nn',
  ),
  ...schemas(
    'an object as a part and required',
    object({ a: text }, 'a'),
    { allOf: [object({ a: text }), { required: ['a'] }] },
    'nn nn',
  ),
  ...schemas(
    'a part of annotations',
    ref('A'),
    { allOf: [ref('A'), { title: 'T', description: 'D', examples: [{}] }] },
    'pp pp',
    { schemas: { A: object({ a: text }) } },
  ),
  ...schemas(
    'required in a different order',
    object({ a: text, b: text }, 'a', 'b'),
    object({ b: text, a: text }, 'b', 'a'),
    'nn nn',
  ),
  ...schemas('an empty required', object({ a: text }), { type: 'object', properties: { a: text } }, 'nn nn'),
  ...schemas(
    'nested anyOf',
    { anyOf: [text, { anyOf: [count, nothing] }] },
    { anyOf: [text, count, nothing] },
    'nn nn',
  ),
  ...schemas(
    'additionalProperties true',
    object({ a: text }),
    { ...object({ a: text }), additionalProperties: {} },
    'nn nn',
  ),
  operation(
    'a failure is removed',
    {
      responses: {
        '200': { description: 'O' },
        '404': { description: 'N', content: { 'application/json': { schema: object({ a: text }) } } },
      },
    },
    { responses: { '200': { description: 'O' } } },
    'mM',
  ),
  operation(
    'the default is removed',
    { responses: { '200': { description: 'O' }, default: { description: 'N' } } },
    { responses: { '200': { description: 'O' } } },
    'mM',
  ),
  operation(
    'a parameter moves to components',
    p({ schema: text }),
    { parameters: [{ $ref: '#/components/parameters/Q' }] },
    'nn',
    { components: { parameters: { Q: { name: 'q', in: 'query', schema: text } } } },
  ),
  operation('a body moves to components', body(text), { requestBody: { $ref: '#/components/requestBodies/B' } }, 'nn', {
    components: { requestBodies: { B: { required: true, content: { 'application/json': { schema: text } } } } },
  }),
  operation('tags', {}, { tags: ['a'] }, 'nn'),
];
