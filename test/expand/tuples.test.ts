import { describe, expect, test } from 'vitest';
import { expandWith } from './expand-with.ts';

const text = { type: 'string' };
const whole = { type: 'integer' };

/** [what, schema, how it is read, pointers of warnings below the schema] */
const rows: readonly (readonly [what: string, given: object, want: object, warned: readonly string[]])[] = [
  ['an empty list', { type: 'array', items: [] }, { type: 'array' }, ['/items']],
  ['an empty list and other items', { items: [], additionalItems: text }, { items: text }, ['/items']],
  ['a tuple', { items: [text, whole] }, { prefixItems: [text, whole] }, ['/items']],
  ['a closed tuple', { items: [text], additionalItems: false }, { prefixItems: [text], items: false }, ['/items']],
  ['a tuple and others', { items: [text], additionalItems: whole }, { prefixItems: [text], items: whole }, ['/items']],
  [
    'a tuple of a tuple',
    { items: [{ items: [text] }] },
    { prefixItems: [{ prefixItems: [text] }] },
    ['/items', '/items/0/items'],
  ],
  ['one schema', { items: text }, { items: text }, []],
  ['prefixItems', { prefixItems: [text], items: false }, { prefixItems: [text], items: false }, []],
  [
    'a property of this name',
    { properties: { items: { enum: [['a']] } } },
    { properties: { items: { enum: [['a']] } } },
    [],
  ],
  ['a default with this name', { default: { items: [] } }, { default: { items: [] } }, []],
];

describe.each(['3.0.3', '3.1.1', '3.2.0'])('items in OpenAPI %s', (openapi) => {
  test.each(rows)('%s', async (_, given, want, warned) => {
    const info = { title: 'Pets', version: '1.0.0' };
    const document = { openapi, info, paths: {}, components: { schemas: { A: given } } };
    const expanded = await expandWith({ 'openapi.yaml': JSON.stringify(document) });
    expect(expanded.document.components?.schemas?.A).toEqual(want);
    const found = expanded.warnings.map(({ code, pointer }) => [code, pointer?.replace('/components/schemas/A', '')]);
    expect(found.sort()).toEqual(warned.map((pointer) => ['schema-listed-items', pointer]));
  });
});
