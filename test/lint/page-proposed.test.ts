import { expect, test } from 'vitest';
import { diagnosticsOf } from './documents.ts';

const text = { type: 'string' };
const list = { type: 'array', items: { type: 'object', properties: { id: text } } };
const object = (properties: object) => ({ type: 'object', properties });

type Given = {
  readonly query?: readonly string[];
  readonly schema?: object;
  readonly more?: object;
  readonly shared?: readonly string[];
  readonly headers?: object;
  readonly method?: string;
};

const documentOf = ({
  query = [],
  schema = object({ rows: list }),
  more = {},
  shared = [],
  headers,
  method = 'get',
}: Given) => {
  const parameter = (name: string) => ({ name, in: 'query', schema: text });
  const operation = {
    operationId: 'list',
    summary: 'Lists',
    security: [],
    parameters: query.map(parameter),
    responses: {
      200: { description: 'Ok', ...(headers && { headers }), content: { 'application/json': { schema } } },
      400: { description: 'No' },
    },
    ...more,
  };
  return {
    openapi: '3.1.0',
    info: { title: 'T', version: '1', license: { name: 'P', identifier: 'MIT' } },
    servers: [{ url: 'https://api.test' }],
    paths: { '/list': { parameters: shared.map(parameter), [method]: operation } },
  };
};

/** The diagnostics of lint about paging: `<severity> <code>`, and the `x-cs-page` that it proposes. */
async function said(given: Given): Promise<readonly string[]> {
  const found = await diagnosticsOf(JSON.stringify(documentOf(given)), 'openapi.json', 'strict');
  return found
    .filter(({ code }) => code.startsWith('page-'))
    .map(
      ({ severity, code, help, pointer }) =>
        `${severity} ${code} ${/`x-cs-page: (\{.*?\})`/.exec(help)?.[1] ?? pointer}`,
    );
}

const next = (name: string, schema: object = text) => object({ rows: list, [name]: schema });

test.each<[string, Given, string | undefined]>([
  [
    'a cursor',
    { query: ['cursor'], schema: next('next_cursor') },
    'kind: cursor, items: /rows, cursor: cursor, next: /next_cursor',
  ],
  [
    'a page token',
    { query: ['pageToken'], schema: next('nextPageToken') },
    'kind: cursor, items: /rows, cursor: pageToken, next: /nextPageToken',
  ],
  [
    'a cursor outside the rows',
    { query: ['after'], schema: object({ rows: list, paging: object({ next_cursor: text }) }) },
    'kind: cursor, items: /rows, cursor: after, next: /paging/next_cursor',
  ],
  [
    'a cursor declared on the path item',
    { shared: ['cursor'], schema: next('nextCursor') },
    'kind: cursor, items: /rows, cursor: cursor, next: /nextCursor',
  ],
  ['a URL', { schema: next('next_url') }, 'kind: url, items: /rows, next: /next_url'],
  ['a URL of OData', { schema: next('@odata.nextLink') }, 'kind: url, items: /rows, next: "/@odata.nextLink"'],
  [
    'pages by number',
    { query: ['page', 'per_page'], schema: list },
    'kind: number, items: "", page: page, limit: per_page',
  ],
  [
    'pages with a total',
    { query: ['page'], schema: next('total_count', { type: 'integer' }) },
    'kind: number, items: /rows, page: page, total: /total_count',
  ],
  ['an offset', { query: ['offset', 'limit'] }, 'kind: offset, items: /rows, offset: offset, limit: limit'],
  [
    'an offset with a `more` property',
    { query: ['skip'], schema: next('hasMore', { type: 'boolean' }) },
    'kind: offset, items: /rows, offset: skip, more: /hasMore',
  ],
  ['a Link header', { schema: list, headers: { Link: { schema: text } } }, 'kind: link, items: ""'],
  ['no list', { query: ['page'], schema: object({ row: text }) }, undefined],
  ['two lists', { query: ['page'], schema: object({ rows: list, others: list }) }, undefined],
  ['only a limit', { query: ['limit'] }, undefined],
  ['a cursor parameter without a cursor in the response', { query: ['cursor'] }, undefined],
  ['an operation that is not read-only', { query: ['page'], method: 'put' }, undefined],
  [
    'an operation with x-cs-page',
    { query: ['page'], more: { 'x-cs-page': { kind: 'number', items: '/rows', page: 'page' } } },
    undefined,
  ],
  ['x-cs-page: false', { query: ['page'], more: { 'x-cs-page': false } }, undefined],
])('%s', async (_, given, want) => {
  expect(await said(given)).toEqual(want === undefined ? [] : [`warning page-proposed { ${want} }`]);
});

const page = (value: object, given: Given = {}): Given => ({
  query: ['page', 'limit'],
  schema: object({ rows: list, meta: object({ total: { type: 'integer' } }) }),
  ...given,
  more: { 'x-cs-page': value, ...given.more },
});
const number = { kind: 'number', items: '/rows', page: 'page' };
const body = { requestBody: { content: { 'application/json': { schema: object({ cursor: text }) } } } };

test.each<[string, Given, string | undefined]>([
  ['a parameter', page(number), undefined],
  ['a parameter of the path item', page({ ...number, page: 'p' }, { shared: ['p'] }), undefined],
  ['a parameter that does not exist', page({ ...number, page: 'pages' }), 'page'],
  ['a limit that does not exist', page({ ...number, limit: 'size' }), 'limit'],
  ['a pointer to a parameter', page({ ...number, page: '/query/page' }), undefined],
  ['a pointer to a header that does not exist', page({ ...number, page: '/headers/X-Page' }), 'page'],
  [
    'a property of the body',
    page(
      { kind: 'cursor', items: '/rows', cursor: '/body/cursor', next: '/meta/total' },
      { method: 'post', more: body },
    ),
    undefined,
  ],
  [
    'a body property that does not exist',
    page(
      { kind: 'cursor', items: '/rows', cursor: '/body/after', next: '/meta/total' },
      { method: 'post', more: body },
    ),
    'cursor',
  ],
  [
    'a property of a missing body',
    page({ kind: 'cursor', items: '/rows', cursor: '/body/cursor', next: '/meta/total' }),
    'cursor',
  ],
  ['a total that does not exist', page({ ...number, total: '/meta/all' }), 'total'],
  ['a total in a header', page({ ...number, total: { header: 'X-Total' } }), undefined],
  ['a `more` property that does not exist', page({ ...number, more: '/more' }), 'more'],
  ['a cursor that a row has', page({ kind: 'cursor', items: '/rows', cursor: 'page', from: '/id' }), undefined],
  ['a cursor that no row has', page({ kind: 'cursor', items: '/rows', cursor: 'page', from: '/key' }), 'from'],
  ['rows that do not exist', page({ ...number, items: '/items' }), 'items'],
])('x-cs-page names %s', async (_, given, field) => {
  const want =
    field === undefined ? [] : [`error page-parameter /paths/~1list/${given.method ?? 'get'}/x-cs-page/${field}`];
  expect(await said(given)).toEqual(want);
});

test.each<[string, object]>([
  ['both from and next', { kind: 'cursor', items: '', cursor: 'a', from: '/id', next: '/next' }],
  ['neither from nor next', { kind: 'cursor', items: '', cursor: 'a' }],
  ['a property of another kind', { kind: 'link', items: '', total: '/total' }],
  ['an unknown kind', { kind: 'pages', items: '' }],
  ['a pointer into the path', { ...number, page: '/path/page' }],
])('%s is not a valid x-cs-page', async (_, value) => {
  const found = await diagnosticsOf(JSON.stringify(documentOf(page(value))), 'openapi.json', 'strict');
  expect(found.map(({ code }) => code)).toContain('x-cs-schema');
});
