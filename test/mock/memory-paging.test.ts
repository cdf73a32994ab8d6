import { createGateway, noShelf } from '@countersign/runtime/mock';
import { describe, expect, it } from 'vitest';
import { providerOf } from './provider-of.ts';

// biome-ignore lint/suspicious/noExplicitAny: bodies of many shapes
type Body = any;
type Shown = { readonly body: Body; readonly headers: Headers; readonly names: readonly string[] };

/** How one list of five notes is paged: its parameters, its body, and the request for the next page. */
type Shape = {
  readonly query: readonly (readonly [name: string, schema: object, more?: object])[];
  readonly page?: object;
  readonly list: (note: object) => object;
  readonly headers?: object;
  readonly items: (body: Body) => readonly Body[];
  readonly first: string;
  /** The URL or query of the next page; undefined on the last one. */
  readonly next: (shown: Shown, page: number) => string | undefined;
  /** Of the last page. */
  readonly last?: (shown: Shown) => void;
};

const object = (properties: object, required = Object.keys(properties)) => ({ type: 'object', required, properties });
const listOf = (items: object) => ({ type: 'array', items });
const int = { type: 'integer' };
const text = { type: 'string' };
const nullableText = { type: ['string', 'null'] };
const url = { type: ['string', 'null'], format: 'uri' };
const header = (schema: object) => ({ description: 'Of the page.', schema });
const deep = { style: 'deepObject', explode: true };
const linkOf = (shown: Shown, rel: string) =>
  new RegExp(`<([^>]*)>; rel="${rel}"`).exec(shown.headers.get('link') ?? '')?.[1];

const SHAPES: Readonly<Record<string, Shape>> = {
  'a cursor with a nested name, cursors.after, and a URL beside it': {
    query: [
      ['after', text],
      ['limit', int],
    ],
    list: (note) =>
      object({
        data: listOf(note),
        paging: object({ cursors: object({ before: text, after: text }, []), next: { type: 'string' } }, ['cursors']),
      }),
    items: ({ data }) => data,
    first: '?limit=2',
    next: ({ body: { paging } }, page) => (page < 3 ? `?limit=2&after=${paging.cursors.after}` : paging.cursors.after),
  },
  'next is a URL, previous too, by page': {
    query: [
      ['page', int],
      ['page_size', int],
    ],
    list: (note) => object({ count: int, next: nullableText, previous: nullableText, results: listOf(note) }),
    items: ({ results }) => results,
    first: '?page_size=2',
    next: ({ body }) => body.next ?? undefined,
    last: ({ body }) => expect(new URL(body.previous).search).toBe('?page_size=2&page=2'),
  },
  'next is a URL in links, by offset': {
    query: [
      ['offset', int],
      ['limit', { ...int, default: 2 }],
    ],
    list: (note) => object({ links: object({ self: url, next: url, prev: url }), items: listOf(note) }),
    items: ({ items }) => items,
    first: '',
    next: ({ body }) => body.links.next ?? undefined,
    last: ({ body }) => expect(body.links.self).toContain('offset=4'),
  },
  'hrefs of _links': {
    query: [
      ['cursor', text],
      ['size', int],
    ],
    list: (note) =>
      object({ _links: object({ next: object({ href: url }) }), _embedded: object({ notes: listOf(note) }) }),
    items: ({ _embedded }) => _embedded.notes,
    first: '?size=2',
    next: ({ body }) => body._links.next.href ?? undefined,
  },
  'the header Link, by page and per_page': {
    query: [
      ['page', int],
      ['per_page', int],
    ],
    list: (note) => listOf(note),
    headers: { Link: header(text), 'X-Total': header(int), 'X-Total-Pages': header(int), 'X-Next-Page': header(text) },
    items: (body) => body,
    first: '?per_page=2',
    next: (shown) => {
      expect([shown.headers.get('x-total'), shown.headers.get('x-total-pages')]).toEqual(['5', '3']);
      return linkOf(shown, 'next');
    },
    last: (shown) => expect(new URL(linkOf(shown, 'prev') ?? '').search).toBe('?per_page=2&page=2'),
  },
  'page[after] and page[size] of one object': {
    query: [['page', object({ after: text, size: int }, []), deep]],
    list: (note) => object({ data: listOf(note), meta: object({ page: object({ after: nullableText }) }) }),
    items: ({ data }) => data,
    first: '?page[size]=2',
    next: ({ body: { meta } }) =>
      meta.page.after === null ? undefined : `?page[size]=2&page[after]=${meta.page.after}`,
  },
  'page[number] written out, and links.next': {
    query: [
      ['page[number]', int],
      ['page[size]', int],
    ],
    list: (note) => object({ data: listOf(note), links: object({ next: nullableText }) }),
    items: ({ data }) => data,
    first: '?page[size]=2',
    next: ({ body }) => body.links.next ?? undefined,
  },
  'the number of the next page': {
    query: [
      ['page', { ...int, minimum: 0 }],
      ['limit', int],
    ],
    list: (note) => object({ notes: listOf(note), next_page: { type: ['integer', 'null'] } }),
    items: ({ notes }) => notes,
    first: '?limit=2',
    next: ({ body }, page) => {
      expect(body.next_page).toBe(page < 3 ? page : null);
      return body.next_page === null ? undefined : `?limit=2&page=${body.next_page}`;
    },
  },
  'x-cs-page: a cursor with names of its own': {
    query: [
      ['seite', text],
      ['anzahl', int],
    ],
    page: {
      kind: 'cursor',
      items: '/zeilen',
      cursor: 'seite',
      limit: 'anzahl',
      next: '/blatt/weiter',
      more: '/blatt/mehr',
      total: { header: 'X-Anzahl' },
    },
    list: (note) =>
      object({
        andere: listOf(object({ id: int })),
        zeilen: listOf(note),
        blatt: object({ weiter: nullableText, mehr: { type: 'boolean' } }),
      }),
    headers: { 'X-Anzahl': header(int) },
    items: ({ zeilen }) => zeilen,
    first: '?anzahl=2',
    next: ({ body: { blatt }, headers }, page) => {
      expect([blatt.mehr, headers.get('x-anzahl')]).toEqual([page < 3, '5']);
      return blatt.weiter === null ? undefined : `?anzahl=2&seite=${encodeURIComponent(blatt.weiter)}`;
    },
  },
  'x-cs-page: a cursor that is a property of the last row': {
    query: [
      ['since', text],
      ['n', int],
    ],
    page: { kind: 'cursor', items: '', cursor: 'since', limit: 'n', from: '/name' },
    list: (note) => listOf(note),
    items: (body) => body,
    first: '?n=2',
    next: ({ body }) => (body.length < 2 ? undefined : `?n=2&since=${body.at(-1).name}`),
  },
  'x-cs-page: positions from 1': {
    query: [
      ['startIndex', int],
      ['n', int],
    ],
    page: { kind: 'offset', items: '/Resources', offset: 'startIndex', first: 1, limit: 'n', total: '/totalResults' },
    list: (note) => object({ totalResults: int, Resources: listOf(note) }),
    items: ({ Resources }) => Resources,
    first: '?n=2&startIndex=1',
    next: ({ body }, page) => (page * 2 < body.totalResults ? `?n=2&startIndex=${page * 2 + 1}` : undefined),
  },
  'x-cs-page: pages from 0, and their number': {
    query: [
      ['p', int],
      ['n', int],
    ],
    page: { kind: 'number', items: '/rows', page: 'p', first: 0, limit: 'n', pages: '/of' },
    list: (note) => object({ rows: listOf(note), of: int }),
    items: ({ rows }) => rows,
    first: '?n=2',
    next: ({ body }, page) => (page < body.of ? `?n=2&p=${page}` : undefined),
  },
  'x-cs-page: a window of positions': {
    query: [
      ['from', int],
      ['to', int],
    ],
    page: { kind: 'window', items: '/rows', min: 'from', max: 'to', size: 2 },
    list: (note) => object({ rows: listOf(note) }),
    items: ({ rows }) => rows,
    first: '?from=1&to=2',
    next: ({ body }, page) => (body.rows.length < 2 ? undefined : `?from=${page * 2 + 1}&to=${page * 2 + 2}`),
  },
  'x-cs-page: a URL': {
    query: [
      ['page', int],
      ['limit', int],
    ],
    page: { kind: 'url', items: '/rows', next: '/more/at' },
    list: (note) => object({ rows: listOf(note), more: object({ at: nullableText }) }),
    items: ({ rows }) => rows,
    first: '?limit=2',
    next: ({ body }) => body.more.at ?? undefined,
  },
  'x-cs-page: a link that the document does not declare as a header': {
    query: [
      ['page', int],
      ['limit', int],
    ],
    page: { kind: 'link', items: '', rel: 'more' },
    list: (note) => listOf(note),
    items: (body) => body,
    first: '?limit=2',
    next: (shown) => linkOf(shown, 'more'),
  },
};

function documentOf({ query, page, list, headers }: Shape) {
  const note = object({ id: { type: 'integer', readOnly: true }, name: text });
  const content = (schema: object) => ({ content: { 'application/json': { schema } } });
  return {
    openapi: '3.1.0',
    info: { title: 'Pages', version: '1' },
    paths: {
      '/notes': {
        get: {
          operationId: 'listNotes',
          parameters: query.map(([name, schema, more]) => ({ name, in: 'query', schema, ...more })),
          ...(page && { 'x-cs-page': page }),
          responses: { 200: { description: 'Notes.', ...content(list(note)), ...(headers && { headers }) } },
        },
        post: {
          operationId: 'addNote',
          requestBody: { required: true, ...content(note) },
          responses: { 201: { description: 'Created.', ...content(note) } },
        },
      },
    },
  };
}

describe.each(Object.entries(SHAPES))('--stateful pages %s', (_, shape) => {
  it('from the first page to the last', async () => {
    const provider = await providerOf(documentOf(shape), 'pages');
    const gateway = createGateway({ providers: [{ name: 'pages', load: async () => provider }], shelf: noShelf });
    const base = 'http://127.0.0.1:4010/pages/notes';
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      const body = JSON.stringify({ name });
      const headers = { 'content-type': 'application/json' };
      expect((await gateway.fetch(new Request(base, { method: 'POST', headers, body }))).status).toBe(201);
    }
    const pages: (readonly string[])[] = [];
    let shown: Shown | undefined;
    for (let at: string | undefined = shape.first; at !== undefined && pages.length < 5; ) {
      const response = await gateway.fetch(new Request(new URL(at, base)));
      const body: Body = await response.json();
      expect([response.status, body.title, body.detail]).toEqual([200, undefined, undefined]);
      pages.push(shape.items(body).map(({ name }: { readonly name: string }) => name));
      shown = { body, headers: response.headers, names: pages.at(-1) ?? [] };
      at = shape.next(shown, pages.length);
    }
    expect(pages).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
    if (shown) shape.last?.(shown);
  });
});
