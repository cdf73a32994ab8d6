import { type AnyClient, type Row, testRows } from './table.ts';

type Seen = { readonly path?: unknown; readonly query?: unknown; readonly cookies?: unknown };

const reading = (parameters: readonly object[], path = '/items') => ({
  paths: {
    [path]: {
      get: {
        operationId: 'read',
        summary: 'Read',
        parameters,
        responses: { 200: { description: 'ok', content: { 'application/json': { schema: {}, example: 'shown' } } } },
      },
    },
  },
});

/** What the handler received, and the sent URL and cookies. */
const handlers = {
  read: ({ path, query, cookies }: Seen, { request }: { readonly request: Request }) => ({
    data: {
      ...(path !== undefined && { path }),
      ...(query !== undefined && { query }),
      ...(cookies !== undefined && { cookies }),
      wire:
        cookies === undefined
          ? new URL(request.url).pathname + new URL(request.url).search
          : request.headers.get('cookie'),
    },
  }),
};
const call =
  (input: object, wrong?: object) =>
  async (client: AnyClient): Promise<unknown> => {
    const { data, error } = (await client.read?.(input)) ?? {};
    if (wrong === undefined) return data ?? error;
    const refused = await client.read?.(wrong);
    return [data ?? error, (refused?.error as { kind?: string } | undefined)?.kind];
  };

const filter = {
  type: 'object',
  required: ['foo'],
  properties: { foo: { type: 'string' }, n: { type: 'integer' }, tags: { type: 'array', items: { type: 'string' } } },
};
const whole = (mediaType: string, schema: object, more: object = {}) => ({
  name: 'ignored',
  in: 'querystring',
  required: true,
  content: { [mediaType]: { schema, ...more } },
});
const cookie = (name: string, schema: object, more: object = {}) => ({
  name,
  in: 'cookie',
  style: 'cookie',
  schema,
  ...more,
});
const text = { type: 'string' };
const use = 'return client.read(';

const cookieRow = (name: string, parameter: object, given: unknown, wire: string): Row => ({
  section: 'style-values',
  name: `style: cookie, ${name}`,
  document: reading([parameter]),
  use: `${use}{ cookies: { color: ${JSON.stringify(given)} } });`,
  handlers,
  call: call({ cookies: { color: given } }),
  want: { cookies: { color: given }, wire },
  mocked: 'shown',
});

testRows([
  {
    section: 'parameter-locations',
    name: 'in: querystring as a form',
    document: reading([whole('application/x-www-form-urlencoded', filter)]),
    use: `${use}{ query: { foo: 'a', n: 1, tags: ['x'] } });`,
    handlers,
    call: call({ query: { foo: 'a + é', n: 1, tags: ['x', 'y'] } }, { query: { n: 1 } }),
    want: [
      { query: { foo: 'a + é', n: 1, tags: ['x', 'y'] }, wire: '/items?foo=a+%2B+%C3%A9&n=1&tags=x&tags=y' },
      'validation',
    ],
    mocked: ['shown', 'validation'],
    after: reading([whole('application/json', filter)]),
    diff: ['major: serializes querystring `ignored` differently'],
  },
  {
    section: 'encoding-the-x-www-form-urlencoded-media-type',
    name: 'in: querystring with encodings',
    document: reading([
      whole('application/x-www-form-urlencoded', filter, {
        encoding: { tags: { style: 'pipeDelimited', explode: false } },
      }),
    ]),
    use: `${use}{ query: { foo: 'a', tags: ['x'] } });`,
    handlers,
    call: call({ query: { foo: 'a', tags: ['x', 'y'] } }),
    want: { query: { foo: 'a', tags: ['x', 'y'] }, wire: '/items?foo=a&tags=x%7Cy' },
    mocked: 'shown',
  },
  {
    section: 'parameter-object-examples',
    name: 'in: querystring as JSON',
    document: reading([whole('application/json', filter)]),
    use: `${use}{ query: { foo: 'a', n: 1 } });`,
    handlers,
    call: call({ query: { foo: 'a', n: 1 } }, { query: { foo: 1 } }),
    want: [{ query: { foo: 'a', n: 1 }, wire: '/items?%7B%22foo%22%3A%22a%22%2C%22n%22%3A1%7D' }, 'validation'],
    mocked: ['shown', 'validation'],
  },
  {
    section: 'parameter-object-examples',
    name: 'in: querystring as a text of another media type',
    document: reading([whole('application/jsonpath', text)]),
    use: `${use}{ query: '$.a.b[1:1]' });`,
    handlers,
    call: call({ query: '$.a.b[1:1]' }),
    want: { query: '$.a.b[1:1]', wire: '/items?%24.a.b%5B1%3A1%5D' },
    mocked: 'shown',
  },
  cookieRow('a primitive', cookie('color', text), 'blue%20sky&"more"=1', 'color=blue%20sky&"more"=1'),
  cookieRow('a list', cookie('color', { type: 'array', items: text }), ['blue', 'black'], 'color=blue; color=black'),
  cookieRow(
    'a list that is not exploded',
    cookie('color', { type: 'array', items: text }, { explode: false }),
    ['blue', 'black'],
    'color=blue,black',
  ),
  cookieRow(
    'an object',
    cookie('color', { type: 'object', properties: { R: { type: 'integer' }, G: { type: 'integer' } } }),
    { R: 100, G: 200 },
    'R=100; G=200',
  ),
  {
    section: 'common-fixed-fields-for-use-with-schema',
    name: 'allowReserved in a path',
    document: reading([{ name: 'id', in: 'path', required: true, allowReserved: true, schema: text }], '/items/{id}'),
    use: `${use}{ path: { id: 'a' } });`,
    handlers,
    call: call({ path: { id: 'a:b@c;d=e/f?g#h' } }),
    want: { path: { id: 'a:b@c;d=e/f?g#h' }, wire: '/items/a:b@c;d=e%2Ff%3Fg%23h' },
    mocked: 'shown',
  },
  {
    section: 'common-fixed-fields-for-use-with-schema',
    name: 'allowReserved lets escapes pass',
    document: reading([{ name: 'q', in: 'query', allowReserved: true, schema: text }]),
    use: `${use}{ query: { q: 'a' } });`,
    handlers,
    call: call({ query: { q: '/a%20b:100%' } }),
    want: { query: { q: '/a b:100%' }, wire: '/items?q=/a%20b:100%25' },
    mocked: 'shown',
  },
  {
    section: 'common-fixed-fields-for-use-with-schema',
    name: 'allowReserved of a field of a query string',
    document: reading([
      {
        name: 'filter',
        in: 'querystring',
        content: {
          'application/x-www-form-urlencoded': {
            schema: { type: 'object', properties: { q: text, plain: text } },
            encoding: { q: { allowReserved: true } },
          },
        },
      },
    ]),
    use: `${use}{ query: { q: 'a' } });`,
    handlers,
    call: call({ query: { q: '/a%20b:=100%+&', plain: '/=' } }),
    want: { query: { q: '/a b:=100%+&', plain: '/=' }, wire: '/items?q=/a%20b:%3D100%25%2B%26&plain=%2F%3D' },
    mocked: 'shown',
  },
]);
