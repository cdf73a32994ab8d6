import { afterAll, expect, test } from 'vitest';
import { packageOf, removePackages } from './packages.ts';

const text = { type: 'string' };
const parameter = (name: string, schema: object) => ({ name, in: 'query', style: 'deepObject', explode: true, schema });
const list = { type: 'array', items: text };
const item = { type: 'object', properties: { id: { type: 'integer' }, tags: list } };
const media = await packageOf({
  '/q': {
    get: {
      operationId: 'q',
      parameters: [
        parameter('expand', list),
        parameter('items', { type: 'array', items: item }),
        parameter('filter', { type: 'object', properties: { tags: list, items: { type: 'array', items: item } } }),
      ],
      responses: { '204': { description: 'ok' } },
    },
  },
});
afterAll(removePackages);

/** [value of the query, the sent query with unescaped brackets] */
const rows: readonly (readonly [query: object, wire: string])[] = [
  [{ expand: ['a', 'b'] }, 'expand[0]=a&expand[1]=b'],
  [{ expand: ['a'] }, 'expand[0]=a'],
  [{ expand: ['a b&c'] }, 'expand[0]=a%20b%26c'],
  [{ items: [{ id: 1 }, { id: 2 }] }, 'items[0][id]=1&items[1][id]=2'],
  [{ items: [{ id: 1, tags: ['x', 'y'] }] }, 'items[0][id]=1&items[0][tags]=x&items[0][tags]=y'],
  [{ filter: { tags: ['x', 'y'] } }, 'filter[tags]=x&filter[tags]=y'],
  [{ filter: { items: [{ id: 1 }] } }, 'filter[items][0][id]=1'],
  [
    { filter: { tags: ['x'], items: [{ id: 1 }, { id: 2 }] } },
    'filter[tags]=x&filter[items][0][id]=1&filter[items][1][id]=2',
  ],
];
test.each(rows)('%j', async (query, wire) => {
  let read: unknown;
  const handler = (input: { readonly query: unknown }) => {
    read = input.query;
    return { status: 204 };
  };
  await media.serving({ q: handler }, async (url) => {
    const { error } = (await media.client(url).q?.({ query })) ?? {};
    expect(error?.message).toBeUndefined();
  });
  expect(read).toEqual(query);
  const sent = await media.sent('q', { query });
  expect(sent.target.split('?')[1]?.replace(/%5B/g, '[').replace(/%5D/g, ']')).toBe(wire);
});
