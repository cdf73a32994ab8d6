import { type Row, testRows } from './table.ts';

const json = (schema: object, example?: unknown) => ({
  'application/json': { schema, ...(example !== undefined && { example }) },
});
const titles = { type: 'array', items: { type: 'string' } };
const wanted = { type: 'object', required: ['author'], properties: { author: { type: 'string' } } };
const ok = { description: 'ok', content: json(titles, ['Emma']) };
const query = {
  operationId: 'search',
  summary: 'Search',
  requestBody: { required: true, content: json(wanted) },
  responses: { 200: ok },
};
const additional = (method: string, operation: object = {}) => ({
  paths: {
    '/books/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
      additionalOperations: {
        [method]: {
          operationId: 'act',
          summary: 'Act',
          parameters: [{ name: 'Destination', in: 'header', required: true, schema: { type: 'string' } }],
          responses: { 200: ok },
          ...operation,
        },
      },
    },
  },
});

/** The received request, returned as the data of the response. */
const echo = (
  { path, headers }: { path: { id: number }; headers: { Destination: string } },
  { request }: { request: Request },
) => ({
  data: [`${request.method} ${path.id} ${headers.Destination}`],
});
const act = async (client: { readonly [name: string]: (input?: object) => Promise<{ data?: unknown }> }) =>
  (await client.act?.({ path: { id: 7 }, headers: { Destination: '/b' } }))?.data;

const methodRow = ([method, retry]: readonly [method: string, retry: readonly string[]]): Row => ({
  section: 'path-item-additional-operations',
  name: method,
  document: additional(method),
  use: `const { data } = await client.act({ path: { id: 7 }, headers: { Destination: '/b' } });\nconst titles: readonly string[] = data ?? [];\nreturn titles;`,
  handlers: { act: echo },
  call: act,
  want: [`${method} 7 /b`],
  mocked: ['Emma'],
  after: additional('MOVE'),
  diff: [`major: is sent by \`MOVE\`, no longer by \`${method}\``, ...retry],
});

testRows([
  {
    section: 'path-item-query',
    name: 'QUERY with a body',
    document: { paths: { '/books': { query } } },
    use: `const { data } = await client.search({ body: { author: 'Jane' } });
const titles: readonly string[] = data ?? [];
// @ts-expect-error the body is required
await client.search({});
return titles;`,
    handlers: {
      search: ({ body }: { body: { author: string } }, { request }) => ({ data: [`${request.method} ${body.author}`] }),
    },
    call: async (client) => {
      const [good, bad] = await Promise.all([
        client.search?.({ body: { author: 'Jane' } }),
        client.search?.({ body: { author: 1 } }),
      ]);
      return [good?.data, (bad?.error as { kind: string } | undefined)?.kind];
    },
    want: [['QUERY Jane'], 'validation'],
    mocked: [['Emma'], 'validation'],
    after: { paths: { '/books': { post: query } } },
    diff: ['major: is sent by `POST`, no longer by `QUERY`', 'minor: has the retry rule `never`, before `safe`'],
  },
  {
    section: 'path-item-query',
    name: 'beside other methods of the same path',
    document: {
      paths: {
        '/books': {
          query,
          get: { operationId: 'list', summary: 'List', responses: { 200: ok } },
          additionalOperations: { LINK: { operationId: 'link', summary: 'Link', responses: { 200: ok } } },
        },
      },
    },
    use: 'return [await client.list(), await client.link(), await client.search({ body: { author: "" } })];',
    handlers: Object.fromEntries(['list', 'link', 'search'].map((name) => [name, () => ({ data: [name] })] as const)),
    call: async (client) =>
      Promise.all(
        ['list', 'link', 'search'].map(
          async (name) => (await client[name]?.(name === 'search' ? { body: { author: 'x' } } : {}))?.data,
        ),
      ),
    want: [['list'], ['link'], ['search']],
    mocked: [['Emma'], ['Emma'], ['Emma']],
  },
  // Whether a method may be sent again is in the registry of HTTP methods; for other methods it is unknown.
  ...(
    [
      ['COPY', []],
      ['PROPFIND', ['minor: has the retry rule `idempotent`, before `safe`']],
      ['REPORT', ['minor: has the retry rule `idempotent`, before `safe`']],
      ['PURGE', ['major: has the retry rule `idempotent`, before `never`']],
      ['M-SEARCH', ['major: has the retry rule `idempotent`, before `never`']],
    ] as const
  ).map(methodRow),
]);
