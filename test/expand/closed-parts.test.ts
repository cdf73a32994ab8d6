import { expect, test } from 'vitest';
import { expandWith } from './expand-with.ts';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const text = { type: 'string' };
const object = (properties: object, ...required: string[]) => ({ type: 'object', properties, required });
const closed = { additionalProperties: false };

type Schemas = { readonly [name: string]: object };
/** [what, the schemas, the names of those that change and their content, the pointers of warnings] */
const rows: readonly (readonly [name: string, given: Schemas, want: Schemas, warned: readonly string[]])[] = [
  [
    'a class and its closed base, as Swashbuckle writes them',
    {
      Pet: { ...object({ kind: text }, 'kind'), ...closed },
      Cat: { ...object({ lives: text }), allOf: [ref('Pet')], ...closed },
    },
    { Pet: object({ kind: text }, 'kind'), Cat: { ...object({ lives: text }), allOf: [ref('Pet')] } },
    ['Cat', 'Pet'],
  ],
  [
    'a closed base that rejects what the class requires',
    { Pet: { ...object({ kind: text }), ...closed }, Cat: { allOf: [ref('Pet'), object({ lives: text }, 'lives')] } },
    { Pet: object({ kind: text }), Cat: { allOf: [ref('Pet'), object({ lives: text }, 'lives')] } },
    ['Pet'],
  ],
  [
    'a closed part beside the base',
    { Pet: object({ kind: text }, 'kind'), Cat: { allOf: [ref('Pet'), { ...object({ lives: text }), ...closed }] } },
    { Cat: { allOf: [ref('Pet'), object({ lives: text })] } },
    ['Cat/allOf/1'],
  ],
  [
    'three levels',
    {
      A: { ...object({ a: text }, 'a'), ...closed },
      B: { ...object({ b: text }, 'b'), allOf: [ref('A')], ...closed },
      C: { ...object({ c: text }, 'c'), allOf: [ref('B')], ...closed },
    },
    {
      A: object({ a: text }, 'a'),
      B: { ...object({ b: text }, 'b'), allOf: [ref('A')] },
      C: { ...object({ c: text }, 'c'), allOf: [ref('B')] },
    },
    ['A', 'B', 'C'],
  ],
  [
    'optional properties only: values without them are valid',
    { Pet: { ...object({ kind: text }), ...closed }, Cat: { allOf: [ref('Pet'), object({ lives: text })] } },
    { Pet: { ...object({ kind: text }), ...closed } },
    ['Pet'],
  ],
  [
    'two closed parts with optional properties',
    {
      Cat: {
        allOf: [
          { ...object({ kind: text }), ...closed },
          { ...object({ lives: text }), ...closed },
        ],
      },
    },
    {
      Cat: {
        allOf: [
          { ...object({ kind: text }), ...closed },
          { ...object({ lives: text }), ...closed },
        ],
      },
    },
    ['Cat/allOf/0', 'Cat/allOf/1'],
  ],
  [
    'a base that one class contradicts, and another does not',
    {
      Pet: { ...object({ kind: text }), ...closed },
      Cat: { allOf: [ref('Pet'), object({ lives: text }, 'lives')] },
      Dog: { allOf: [ref('Pet'), object({ barks: text })] },
    },
    { Pet: object({ kind: text }) },
    ['Pet'],
  ],
  [
    'a property that another part forbids, too',
    { Cat: { allOf: [{ ...object({ kind: text }), ...closed }, object({ lives: false })] } },
    { Cat: { allOf: [{ ...object({ kind: text }), ...closed }, object({ lives: false })] } },
    [],
  ],
  [
    'a closed part whose patterns allow the property',
    { Cat: { allOf: [{ ...object({}), patternProperties: { '^l': {} }, ...closed }, object({ lives: text })] } },
    {},
    [],
  ],
  [
    'a closed part that lists the properties of the base',
    {
      Pet: object({ kind: text }, 'kind'),
      Cat: { ...object({ kind: {}, lives: text }), allOf: [ref('Pet')], ...closed },
    },
    { Cat: { ...object({ kind: {}, lives: text }), allOf: [ref('Pet')], ...closed } },
    [],
  ],
  [
    'a closed whole',
    { Cat: { allOf: [object({ kind: text }, 'kind')], unevaluatedProperties: false } },
    { Cat: { allOf: [object({ kind: text }, 'kind')], unevaluatedProperties: false } },
    [],
  ],
  [
    'a required property that no part declares',
    { Cat: { allOf: [{ required: ['kind'] }, { ...object({ lives: text }), ...closed }] } },
    { Cat: { allOf: [{ required: ['kind'] }, { ...object({ lives: text }), ...closed }] } },
    [],
  ],
];

test.each(rows)('closed parts of allOf: %s', async (_, given, want, warned) => {
  const info = { title: 'Pets', version: '1.0.0' };
  const document = { openapi: '3.1.0', info, paths: {}, components: { schemas: given } };
  const expanded = await expandWith({ 'openapi.yaml': JSON.stringify(document) });
  const { schemas } = (expanded.document as unknown as { components: { schemas: Schemas } }).components;
  for (const [name, schema] of Object.entries(want)) expect(schemas[name]).toEqual(schema);
  const pointers = expanded.warnings.map(({ code, pointer }) => [code, pointer?.replace('/components/schemas/', '')]);
  expect(pointers.sort()).toEqual(warned.map((pointer) => ['schema-closed-part', pointer]));
});
