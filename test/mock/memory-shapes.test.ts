import { createGateway, noShelf } from '@countersign/runtime/mock';
import { describe, expect, it } from 'vitest';
import { providerOf } from './provider-of.ts';

type Query = Readonly<Record<string, object>>;
type Shape = {
  /** Of the collection; `{orgId}` and similar parts are path parameters. */
  readonly collection: string;
  /** The property that is the id, and the path parameter of an item. */
  readonly id: string;
  readonly parameter: string;
  readonly idSchema?: object;
  /** Response of an item from its schema, and of a list. */
  readonly item?: (item: object) => object;
  readonly list: (item: object) => object;
  readonly query?: Query;
  /** Where the items of a list and the item of a response are. */
  readonly itemsIn: (body: Body) => readonly Body[];
  readonly itemIn?: (body: Body) => Body;
  /** The query of the second page of two, from the first page. */
  readonly second?: (first: Body, items: readonly Body[]) => string;
  readonly firstPage?: string;
};
// biome-ignore lint/suspicious/noExplicitAny: bodies of many shapes
type Body = any;

const object = (properties: Readonly<Record<string, object>>) => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
});
const listOf = (items: object) => ({ type: 'array', items });
const int = { type: 'integer' };
const text = { type: 'string' };
const nullableText = { type: ['string', 'null'] };

const SHAPES: Readonly<Record<string, Shape>> = {
  'a plain list, by page and per_page': {
    collection: '/repos',
    id: 'id',
    parameter: 'id',
    list: listOf,
    query: { page: int, per_page: int },
    itemsIn: (body) => body,
    firstPage: '?per_page=2',
    second: () => '?per_page=2&page=2',
  },
  'data and has_more, by starting_after': {
    collection: '/v1/customers',
    id: 'id',
    parameter: 'customer',
    idSchema: text,
    list: (item) => object({ object: { const: 'list' }, data: listOf(item), has_more: { type: 'boolean' } }),
    query: { limit: int, starting_after: text },
    itemsIn: ({ data }) => data,
    firstPage: '?limit=2',
    second: (first, items) => {
      expect(first.has_more).toBe(true);
      return `?limit=2&starting_after=${items.at(-1)?.id}`;
    },
  },
  'items and next_page_token in an envelope': {
    collection: '/projects/{project}/jobs',
    id: 'jobId',
    parameter: 'jobId',
    idSchema: text,
    item: (item) => object({ result: item }),
    list: (item) => object({ result: object({ items: listOf(item), nextPageToken: nullableText }) }),
    query: { pageSize: int, pageToken: text },
    itemsIn: ({ result }) => result.items,
    itemIn: ({ result }) => result,
    firstPage: '?pageSize=2',
    second: ({ result }) => `?pageSize=2&pageToken=${encodeURIComponent(result.nextPageToken)}`,
  },
  'an id with the name of the resource, and offset': {
    collection: '/orgs/{orgId}/teams',
    id: 'team_id',
    parameter: 'team_id',
    list: (item) => object({ teams: listOf(item), total_count: int, offset: int }),
    query: { limit: int, offset: int },
    itemsIn: ({ teams }) => teams,
    firstPage: '?limit=2',
    second: (first) => {
      expect(first.total_count).toBe(3);
      return '?limit=2&offset=2';
    },
  },
  'a UUID, and pages from 0 with metadata': {
    collection: '/api/documents',
    id: 'uuid',
    parameter: 'documentUuid',
    idSchema: { type: 'string', format: 'uuid' },
    list: (item) => object({ results: listOf(item), meta: object({ page: int, size: int, total: int }) }),
    query: { page: { type: 'integer', minimum: 0, default: 0 }, size: int },
    itemsIn: ({ results }) => results,
    firstPage: '?size=2',
    second: ({ meta }) => {
      expect(meta).toMatchObject({ total: 3 });
      return '?size=2&page=1';
    },
  },
  'three levels of paths': {
    collection: '/a/{a}/b/{b}/c',
    id: 'id',
    parameter: 'c',
    list: (item) => object({ values: listOf(item) }),
    itemsIn: ({ values }) => values,
  },
  'a cursor by name, next is null at the end': {
    collection: '/events',
    id: 'eventId',
    parameter: 'event_id',
    list: (item) => object({ data: listOf(item), pagination: object({ next_cursor: nullableText }) }),
    query: { cursor: text, limit: int },
    itemsIn: ({ data }) => data,
    firstPage: '?limit=2',
    second: ({ pagination }) => `?limit=2&cursor=${encodeURIComponent(pagination.next_cursor)}`,
  },
  'a page two objects deep, in the envelope of the list': {
    collection: '/shops/{shop}/orders',
    id: 'orderNumber',
    parameter: 'orderNumber',
    list: (item) =>
      object({
        body: object({ orders: listOf(item), meta: object({ pagination: object({ total: int, pages: int }) }) }),
      }),
    query: { page: int, limit: int },
    itemsIn: ({ body }) => body.orders,
    firstPage: '?limit=2',
    second: ({ body }) => {
      expect(body.meta.pagination).toEqual({ total: 3, pages: 2 });
      return '?limit=2&page=2';
    },
  },
  'an id that is a code, under data': {
    collection: '/coupons',
    id: 'code',
    parameter: 'code',
    idSchema: text,
    item: (item) => object({ success: { const: true }, data: item }),
    list: (item) => object({ success: { const: true }, data: listOf(item) }),
    itemsIn: ({ data }) => data,
    itemIn: ({ data }) => data,
  },
};

function documentOf({ collection, id, parameter, idSchema = int, item = (own) => own, list, query = {} }: Shape) {
  const schema = object({ [id]: { ...idSchema, readOnly: true }, name: text, note: { type: 'string' } });
  const own = { ...schema, required: [id, 'name'] };
  const content = (value: object) => ({ content: { 'application/json': { schema: value } } });
  const ok = (value: object) => ({ description: 'ok', ...content(value) });
  const body = (required: readonly string[]) => ({
    required: true,
    ...content({ type: 'object', required, properties: { name: text, note: text } }),
  });
  const inPath = (path: string) =>
    [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: name === parameter ? idSchema : text,
    }));
  const missing = { description: 'missing' };
  const one = `${collection}/{${parameter}}`;
  return {
    openapi: '3.1.0',
    info: { title: 'Shape', version: '1' },
    paths: {
      [collection]: {
        parameters: inPath(collection),
        post: { operationId: 'create', requestBody: body(['name']), responses: { 201: ok(item(own)) } },
        get: {
          operationId: 'list',
          parameters: Object.entries(query).map(([name, value]) => ({ name, in: 'query', schema: value })),
          responses: { 200: ok(list(own)) },
        },
      },
      [one]: {
        parameters: inPath(one),
        get: { operationId: 'read', responses: { 200: ok(item(own)), 404: missing } },
        put: { operationId: 'replace', requestBody: body(['name']), responses: { 200: ok(item(own)), 404: missing } },
        patch: { operationId: 'change', requestBody: body([]), responses: { 200: ok(item(own)), 404: missing } },
        delete: { operationId: 'remove', responses: { 204: { description: 'gone' }, 404: missing } },
      },
    },
  };
}

describe.each(Object.entries(SHAPES))('--stateful supports %s', (_, shape) => {
  it('creates, reads, replaces, changes, lists by pages and deletes', async () => {
    const provider = await providerOf(documentOf(shape), 'shape');
    const load = async () => provider;
    const gateway = createGateway({ providers: [{ name: 'shape', load }], atRoot: true, shelf: noShelf });
    const ask = async (method: string, path: string, sent?: object) => {
      const init = { method, headers: { 'content-type': 'application/json' } };
      const response = await gateway.fetch(
        new Request(`http://127.0.0.1${path}`, { ...init, ...(sent && { body: JSON.stringify(sent) }) }),
      );
      const received = await response.text();
      return { status: response.status, body: received === '' ? undefined : JSON.parse(received) };
    };
    const itemIn = shape.itemIn ?? ((body: Body) => body);
    const base = shape.collection.replace(/\{(\w+)\}/g, '$1-1');
    const made: Body[] = [];
    for (const name of ['a', 'b', 'c']) {
      const { status, body } = await ask('POST', base, { name, note: `of ${name}` });
      expect([status, itemIn(body).name]).toEqual([201, name]);
      made.push(itemIn(body));
    }
    const ids = made.map((item) => item[shape.id]);
    expect(new Set(ids).size).toBe(3);
    const at = (index: number) => `${base}/${encodeURIComponent(ids[index])}`;
    expect(itemIn((await ask('GET', at(1))).body)).toEqual(made[1]);
    expect(itemIn((await ask('PATCH', at(1), { note: 'new' })).body)).toEqual({ ...made[1], note: 'new' });
    expect(itemIn((await ask('PUT', at(1), { name: 'B' })).body)).toEqual({ [shape.id]: ids[1], name: 'B' });

    const names = (body: Body) => shape.itemsIn(body).map(({ name }) => name);
    expect(names((await ask('GET', base)).body)).toEqual(['a', 'B', 'c']);
    if (shape.second && shape.firstPage) {
      const { body: first } = await ask('GET', base + shape.firstPage);
      expect(names(first)).toEqual(['a', 'B']);
      const { body: second } = await ask('GET', base + shape.second(first, shape.itemsIn(first)));
      expect(names(second)).toEqual(['c']);
    }
    expect((await ask('DELETE', at(0))).status).toBe(204);
    expect((await ask('GET', at(0))).status).toBe(404);
    expect(names((await ask('GET', base)).body)).toEqual(['B', 'c']);
    // Another parent has separate items.
    if (base !== shape.collection)
      expect(names((await ask('GET', shape.collection.replace(/\{(\w+)\}/g, '$1-2'))).body)).toEqual([]);
  });
});
