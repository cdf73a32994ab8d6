import { expect, test } from 'vitest';
import { expandWith, placeOf } from './expand-with.ts';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const text = { type: 'string' };
const item = (schema: object) => ({ $defs: { item: { $dynamicAnchor: 'item', ...schema } } });
const list = {
  type: 'object',
  required: ['items'],
  properties: { items: { type: 'array', items: { $dynamicRef: '#item' } } },
};
/** The schema of a list of what is at `at`. */
const listOf = (at: string) => ({
  ...list,
  properties: { items: { type: 'array', items: { $ref: `#/components/schemas/${at}` } } },
});
const tree = {
  $dynamicAnchor: 'node',
  type: 'object',
  properties: { children: { type: 'array', items: { $dynamicRef: '#node' } } },
};
const treeOf = (name: string) => ({ type: 'object', properties: { children: { type: 'array', items: ref(name) } } });

type Schemas = { readonly [name: string]: object };
const rows: readonly (readonly [name: string, given: Schemas, want: Schemas])[] = [
  [
    'a generic list by itself has its own items',
    { List: { ...list, ...item({}) } },
    { List: { ...listOf('List/$defs/item'), $defs: { item: {} } } },
  ],
  [
    'lists with an $id',
    { List: { $id: 'list', ...list, ...item({}) }, Texts: { $id: 'texts', $ref: 'list', ...item(text) } },
    { Texts: { ...listOf('Texts/$defs/item'), $defs: { item: text } } },
  ],
  [
    'lists without an $id, and two of them',
    {
      List: { ...list, ...item({}) },
      Texts: { ...ref('List'), ...item(text) },
      Ids: { ...ref('List'), ...item(ref('Id')) },
    },
    {
      Texts: { ...listOf('Texts/$defs/item'), $defs: { item: text } },
      Ids: { ...listOf('Ids/$defs/item'), $defs: { item: ref('Id') } },
    },
  ],
  [
    'a description and other keywords beside the reference',
    {
      List: { ...list, ...item({}) },
      Said: { description: 'Texts.', ...ref('List'), ...item(text) },
      Short: { maxProperties: 1, ...ref('List'), ...item(text) },
    },
    {
      Said: { description: 'Texts.', ...listOf('Said/$defs/item'), $defs: { item: text } },
      Short: { maxProperties: 1, allOf: [listOf('Short/$defs/item')], $defs: { item: text } },
    },
  ],
  [
    'a part of allOf',
    { List: { ...list, ...item({}) }, More: { allOf: [ref('List'), { required: ['more'] }], ...item(text) } },
    { More: { allOf: [listOf('More/$defs/item'), { required: ['more'] }], $defs: { item: text } } },
  ],
  [
    'a generic schema inside another',
    {
      Box: { properties: { value: { $dynamicRef: '#item' } }, ...item({}) },
      Boxes: { type: 'array', items: ref('Box'), ...item({}) },
      TextBoxes: { ...ref('Boxes'), ...item(text) },
    },
    {
      TextBoxes: {
        type: 'array',
        items: { properties: { value: ref('TextBoxes/$defs/item') } },
        $defs: { item: text },
      },
    },
  ],
  [
    'a tree and its extension',
    { Tree: tree, Strict: { $dynamicAnchor: 'node', ...ref('Tree'), unevaluatedProperties: false } },
    { Tree: treeOf('Tree'), Strict: { allOf: [treeOf('Strict')], unevaluatedProperties: false } },
  ],
  [
    'a generic tree that refers to itself',
    {
      Tree: { properties: { value: { $dynamicRef: '#item' }, next: ref('Tree') }, ...item({}) },
      Texts: { ...ref('Tree'), ...item(text) },
    },
    {
      Texts: { properties: { value: ref('Texts/$defs/item'), next: ref('Texts') }, $defs: { item: text } },
    },
  ],
];

test.each(rows)('%s', async (_, given, want) => {
  const { document } = await expandWith({ 'openapi.yaml': JSON.stringify(documentOf(given)) });
  const { schemas } = (document as unknown as { components: { schemas: Schemas } }).components;
  for (const [name, schema] of Object.entries(want)) expect(schemas[name]).toEqual(schema);
});

test.each([
  ['an anchor that does not exist', { List: list }],
  [
    'an extension that limits a tree and cannot refer to itself',
    {
      Tree: { properties: { value: { $dynamicRef: '#item' }, next: ref('Tree') }, ...item({}) },
      Texts: { ...ref('Tree'), maxProperties: 1, ...item(text) },
    },
  ],
] as const)('%s leaves the references as they are', async (_, given) => {
  const { document } = await expandWith({ 'openapi.yaml': JSON.stringify(documentOf(given)) });
  expect(JSON.stringify(document)).toContain('$dynamicRef');
});

test('a copy has the place of its original', async () => {
  const schemas = { List: { ...list, ...item({}) }, Texts: { ...ref('List'), ...item(text) } };
  const expanded = await expandWith({ 'openapi.yaml': JSON.stringify(documentOf(schemas), undefined, 1) });
  const [copy, original] = ['Texts', 'List'].map((name) =>
    placeOf(expanded, `/components/schemas/${name}/properties/items/type`),
  );
  expect(copy).toBe(original);
});

function documentOf(schemas: Schemas): object {
  const info = { title: 'Lists', version: '1.0.0' };
  return { openapi: '3.1.0', info, paths: {}, components: { schemas: { ...schemas, Id: { type: 'integer' } } } };
}
