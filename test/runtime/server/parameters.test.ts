import { expect, test } from 'vitest';
import { z } from 'zod';
import type { ParameterDescriptor, ParameterShape, ParameterStyle } from '../../../runtime/contract/index.ts';
import { createServer } from '../../../runtime/server/index.ts';
import { api, operation, overBoth } from './support.ts';

const text: ParameterShape = { kind: 'primitive', types: ['string'] };
const integer: ParameterShape = { kind: 'primitive', types: ['integer'] };
const primitive = (...types: ('string' | 'number' | 'integer' | 'boolean' | 'null')[]): ParameterShape => ({
  kind: 'primitive',
  types,
});
const list = (items: ParameterShape): ParameterShape => ({ kind: 'array', items });
const color: ParameterShape = { kind: 'object', properties: { R: integer, G: integer, name: text } };
/** Properties that are lists and objects, as in Spring's `Pageable`. */
const paging: ParameterShape = {
  kind: 'object',
  properties: {
    page: integer,
    sort: list(text),
    ids: list(integer),
    at: { kind: 'object', properties: { x: integer } },
  },
};

const page: ParameterShape = {
  kind: 'object',
  properties: { R: integer, sort: list(text), ids: list(integer), of: { kind: 'object', properties: {} } },
};
const lists: ParameterShape = { kind: 'object', properties: {}, rest: list(integer) };

function parameter(
  place: ParameterDescriptor['in'],
  style: ParameterStyle,
  explode: boolean,
  shape: ParameterShape,
  content?: string,
): ParameterDescriptor {
  return { name: 'p', in: place, required: false, style, explode, shape, ...(content ? { content } : {}) };
}

/** Not exploded: names and values in one list. */
const flat = (place: ParameterDescriptor['in'], style: ParameterStyle): ParameterDescriptor =>
  parameter(place, style, false, color);

type Given = { readonly url?: string; readonly headers?: Record<string, string> };

const rows: readonly [name: string, parameter: ParameterDescriptor, given: Given, want: unknown][] = [
  // Query.
  ['form text', parameter('query', 'form', true, text), { url: '/x?p=a+b%2Cc' }, 'a b,c'],
  ['form absent', parameter('query', 'form', true, text), { url: '/x?q=1' }, undefined],
  ['form empty', parameter('query', 'form', true, text), { url: '/x?p' }, ''],
  ['form integer', parameter('query', 'form', true, integer), { url: '/x?p=-12' }, -12],
  ['form number', parameter('query', 'form', true, primitive('number')), { url: '/x?p=1.5e3' }, 1500],
  ['form boolean', parameter('query', 'form', true, primitive('boolean')), { url: '/x?p=false' }, false],
  ['form null', parameter('query', 'form', true, primitive('integer', 'null')), { url: '/x?p=' }, null],
  ['form several types', parameter('query', 'form', true, primitive('integer', 'string')), { url: '/x?p=007' }, '007'],
  ['form text stays text', parameter('query', 'form', true, text), { url: '/x?p=12' }, '12'],
  ['form wrong integer', parameter('query', 'form', true, integer), { url: '/x?p=0x10' }, '0x10'],
  ['form beyond 2^53', parameter('query', 'form', true, integer), { url: '/x?p=9007199254740993' }, 9007199254740993n],
  ['form beyond 2^53, with an exponent', parameter('query', 'form', true, integer), { url: '/x?p=1e21' }, 1e21],
  ['form integer with an exponent', parameter('query', 'form', true, integer), { url: '/x?p=1e3' }, 1000],
  ['form number beyond 2^53', parameter('query', 'form', true, primitive('number')), { url: '/x?p=1e21' }, 1e21],
  ['infinite form number', parameter('query', 'form', true, primitive('number')), { url: '/x?p=1e999' }, '1e999'],
  ['form twice', parameter('query', 'form', true, text), { url: '/x?p=1&p=2&p=3' }, ['1', '2', '3']],
  [
    'form list, exploded',
    parameter('query', 'form', true, list(text)),
    { url: '/x?p=level&q=0&p=sc%2Core' },
    ['level', 'sc,ore'],
  ],
  ['form list, exploded, one', parameter('query', 'form', true, list(integer)), { url: '/x?p=1' }, [1]],
  ['form list', parameter('query', 'form', false, list(text)), { url: '/x?p=a%2Cb,c+d' }, ['a,b', 'c d']],
  // A client that encodes every comma. Values that cannot contain a comma were separated by it.
  ['form object, commas encoded', flat('query', 'form'), { url: '/x?p=R%2C1%2CG%2C2' }, { R: 1, G: 2 }],
  [
    'form object, commas encoded in small letters',
    flat('query', 'form'),
    { url: '/x?p=R%2c1%2cname%2ca' },
    { R: 1, name: 'a' },
  ],
  ['form object, one comma encoded', flat('query', 'form'), { url: '/x?p=R%2C1' }, { R: 1 }],
  ['form object, a comma in a value', flat('query', 'form'), { url: '/x?p=name,a%2CR%2C1' }, { name: 'a,R,1' }],
  ['form object, a name alone', flat('query', 'form'), { url: '/x?p=name' }, { name: '' }],
  ['simple object, commas encoded', flat('path', 'simple'), { url: '/R%2C1%2Cname%2Ca' }, { R: 1, name: 'a' }],
  ['label object, commas encoded', flat('path', 'label'), { url: '/.R%2C1%2Cname%2Ca' }, { R: 1, name: 'a' }],
  ['matrix object, commas encoded', flat('path', 'matrix'), { url: '/;p=R%2C1%2Cname%2Ca' }, { R: 1, name: 'a' }],
  [
    'cookie object, commas encoded',
    flat('cookie', 'form'),
    { url: '/x', headers: { cookie: 'p=R%2C1%2CG%2C2' } },
    { R: 1, G: 2 },
  ],
  [
    'simple list of integers, commas encoded',
    parameter('path', 'simple', false, list(integer)),
    { url: '/1%2C2' },
    [1, 2],
  ],
  [
    'matrix list of integers, commas encoded',
    parameter('path', 'matrix', false, list(integer)),
    { url: '/;p=1%2C2' },
    [1, 2],
  ],
  [
    'space-delimited list',
    parameter('query', 'spaceDelimited', false, list(integer)),
    { url: '/x?p=1%202+3' },
    [1, 2, 3],
  ],
  [
    'pipe-delimited list',
    parameter('query', 'pipeDelimited', false, list(text)),
    { url: '/x?p=a|b%7Cc' },
    ['a', 'b', 'c'],
  ],
  // As Spring sends and reads a page: a list repeats its name.
  [
    'form object, exploded, with a list',
    parameter('query', 'form', true, page),
    { url: '/x?R=1&sort=a,b&sort=c' },
    { R: 1, sort: ['a,b', 'c'] },
  ],
  [
    'form object, exploded, with a list of one',
    parameter('query', 'form', true, page),
    { url: '/x?sort=a' },
    { sort: ['a'] },
  ],
  [
    'form object, exploded, with a list of numbers',
    parameter('query', 'form', true, page),
    { url: '/x?ids=1&ids=2' },
    { ids: [1, 2] },
  ],
  [
    'form object, exploded, with an object',
    parameter('query', 'form', true, page),
    { url: '/x?of=%7B%22a%22:1%7D' },
    { of: { a: 1 } },
  ],
  [
    'form object, exploded, with a map of lists',
    parameter('query', 'form', true, lists),
    { url: '/x?a=1&a=2&b=3' },
    { a: [1, 2], b: [3] },
  ],
  [
    'cookie object, exploded, with a list',
    parameter('cookie', 'form', true, page),
    { headers: { cookie: 'R=1; ids=1; ids=2' } },
    { R: 1, ids: [1, 2] },
  ],
  [
    'form object, exploded',
    parameter('query', 'form', true, color),
    { url: '/x?R=1&x=2&G=3&name=%41' },
    { R: 1, G: 3, name: 'A' },
  ],
  [
    'form object with lists and objects, exploded',
    parameter('query', 'form', true, paging),
    { url: '/x?page=0&sort=name&sort=%5Ba%2Cb%5D&ids=7&at=%7B%22x%22:1%7D' },
    { page: 0, sort: ['name', '[a,b]'], ids: [7], at: { x: 1 } },
  ],
  [
    'matrix object with a list, exploded',
    parameter('path', 'matrix', true, paging),
    { url: '/;page=1;ids=1;ids=2' },
    { page: 1, ids: [1, 2] },
  ],
  [
    'cookie object with a list, exploded',
    parameter('cookie', 'form', true, paging),
    { url: '/x', headers: { cookie: 'sort=a; page=1; sort=b' } },
    { page: 1, sort: ['a', 'b'] },
  ],
  [
    'form object',
    parameter('query', 'form', false, color),
    { url: '/x?p=R,1,G,2,name,%2C' },
    { R: 1, G: 2, name: ',' },
  ],
  [
    'deep object',
    parameter('query', 'deepObject', true, color),
    { url: '/x?p[R]=1&p%5BG%5D=2&q[R]=3' },
    { R: 1, G: 2 },
  ],
  [
    'deep object, deeper',
    parameter('query', 'deepObject', true, {
      kind: 'object',
      properties: { a: { kind: 'object', properties: { b: integer, l: list(integer) } } },
    }),
    { url: '/x?p[a][b]=1&p[a][l]=2&p[a][l]=3&p[__proto__][x]=1' },
    JSON.parse('{"a":{"b":1,"l":[2,3]},"__proto__":{"x":"1"}}'),
  ],
  [
    'content',
    parameter('query', 'form', true, { kind: 'any' }, 'application/json'),
    { url: `/x?p=${encodeURIComponent('{"a":[1]}')}` },
    { a: [1] },
  ],
  ['malformed escapes stay', parameter('query', 'form', true, text), { url: '/x?p=%zz+%41' }, '%zz A'],
  // Path.
  ['simple', parameter('path', 'simple', false, integer), { url: '/7' }, 7],
  ['simple text', parameter('path', 'simple', false, text), { url: '/a%2Fb+c' }, 'a/b+c'],
  ['simple list', parameter('path', 'simple', false, list(text)), { url: '/a,b%2Cc' }, ['a', 'b,c']],
  ['simple object', parameter('path', 'simple', false, color), { url: '/R,1,name,x' }, { R: 1, name: 'x' }],
  [
    'simple object, exploded',
    parameter('path', 'simple', true, color),
    { url: '/R=1,name=x%3Dy' },
    { R: 1, name: 'x=y' },
  ],
  ['label', parameter('path', 'label', false, integer), { url: '/.7' }, 7],
  ['label list', parameter('path', 'label', false, list(integer)), { url: '/.1,2' }, [1, 2]],
  ['label list, exploded', parameter('path', 'label', true, list(integer)), { url: '/.1.2' }, [1, 2]],
  ['label object, exploded', parameter('path', 'label', true, color), { url: '/.R=1.name=x' }, { R: 1, name: 'x' }],
  ['matrix', parameter('path', 'matrix', false, integer), { url: '/;p=7' }, 7],
  ['matrix list', parameter('path', 'matrix', false, list(integer)), { url: '/;p=1,2' }, [1, 2]],
  ['matrix list, exploded', parameter('path', 'matrix', true, list(integer)), { url: '/;p=1;p=2' }, [1, 2]],
  ['matrix object', parameter('path', 'matrix', false, color), { url: '/;p=R,1,name,x' }, { R: 1, name: 'x' }],
  ['matrix object, exploded', parameter('path', 'matrix', true, color), { url: '/;R=1;name=x' }, { R: 1, name: 'x' }],
  // Headers and cookies.
  ['header', parameter('header', 'simple', false, integer), { url: '/x', headers: { P: '7' } }, 7],
  ['header absent', parameter('header', 'simple', false, integer), { url: '/x' }, undefined],
  [
    'header list',
    parameter('header', 'simple', false, list(text)),
    { url: '/x', headers: { p: 'a, b%2C' } },
    ['a', 'b%2C'],
  ],
  [
    'header object, exploded',
    parameter('header', 'simple', true, color),
    { url: '/x', headers: { p: 'R=1,name=x' } },
    { R: 1, name: 'x' },
  ],
  ['cookie', parameter('cookie', 'form', true, text), { url: '/x', headers: { cookie: 'a=b; p=x%20y; p=z' } }, 'x y'],
  [
    'cookie list',
    parameter('cookie', 'form', false, list(integer)),
    { url: '/x', headers: { cookie: 'p=1,2' } },
    [1, 2],
  ],
  [
    'cookie list, exploded',
    parameter('cookie', 'form', true, list(integer)),
    { url: '/x', headers: { cookie: 'p=1; q=5; p=2' } },
    [1, 2],
  ],
  [
    'cookie list, exploded, in one cookie',
    parameter('cookie', 'form', true, list(integer)),
    { url: '/x', headers: { cookie: 'p=1,2' } },
    [1, 2],
  ],
  [
    'cookie object, exploded',
    parameter('cookie', 'form', true, color),
    { url: '/x', headers: { cookie: 'R=1; name=a%20b; other=2' } },
    { R: 1, name: 'a b' },
  ],
  [
    'cookie object with any properties, exploded',
    parameter('cookie', 'form', true, { kind: 'object', properties: {}, rest: integer }),
    { url: '/x', headers: { cookie: 'a=1; b=2' } },
    { a: 1, b: 2 },
  ],
  ['cookie object, exploded, absent', parameter('cookie', 'form', true, color), { url: '/x' }, undefined],
  [
    'form object or text: text',
    parameter('query', 'form', true, { ...color, single: { kind: 'primitive', types: ['string'] } }),
    { url: '/x?p=a&R=1' },
    'a',
  ],
  [
    'form object or text: object',
    parameter('query', 'form', true, { ...color, single: { kind: 'primitive', types: ['string'] } }),
    { url: '/x?R=1' },
    { R: 1 },
  ],
];

const GROUPS = { path: 'path', query: 'query', header: 'headers', cookie: 'cookies' } as const;

test.each(rows)('%s', async (_, one, { url = '/x', headers = {} }, want) => {
  const seen: Record<string, Record<string, unknown>>[] = [];
  const server = createServer(
    {
      api: api(),
      operations: { get: operation({ id: 'get', path: one.in === 'path' ? '/{p}' : '/x', parameters: [one] }) },
      validators: {},
      signers: {},
    },
    {
      handlers: {
        get: (input: (typeof seen)[number]) => {
          seen.push(input);
          return { data: {} };
        },
      },
    },
  );
  await overBoth(server, async (ask) => {
    expect((await ask(url, { headers })).status).toBe(200);
    expect(seen.pop()?.[GROUPS[one.in as keyof typeof GROUPS]]?.p).toEqual(want);
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });
});

test('an exploded object that accepts any property does not take other parameters', async () => {
  const anything: ParameterShape = { kind: 'object', properties: {}, rest: text };
  const parameters = [
    parameter('query', 'form', true, anything),
    { ...parameter('query', 'form', true, integer), name: 'page' },
    { ...parameter('query', 'deepObject', true, color), name: 'filter' },
  ];
  const server = createServer(
    { api: api(), operations: { get: operation({ id: 'get', parameters }) }, validators: {}, signers: {} },
    { handlers: { get: (input: { query: unknown }) => ({ data: input.query }) } },
  );
  const response = await server.fetch(new Request('http://t/?a=1&page=2&b=3&filter[R]=4'));
  expect(await response.json()).toEqual({ p: { a: '1', b: '3' }, page: 2, filter: { R: 4 } });
});

test('an error names the location of the invalid value, without the value', async () => {
  const parameters = [
    parameter('query', 'form', true, integer),
    { ...parameter('query', 'form', true, { kind: 'any' } as const, 'application/json'), name: 'j' },
    { ...parameter('header', 'simple', false, integer), name: 'x-limit' },
  ];
  const server = createServer(
    {
      api: api(),
      operations: { get: operation({ id: 'get', parameters }) },
      validators: {
        get: {
          query: z.object({ p: z.int().optional().default(5), j: z.unknown().optional() }),
          headers: z.object({ 'x-limit': z.int() }),
          responses: {},
        },
      },
      signers: {},
    },
    { handlers: { get: (input: unknown) => ({ data: input }) } },
  );
  const rows: [string, Record<string, string>, number, unknown][] = [
    ['/', { 'x-limit': '1' }, 200, { query: { p: 5 }, headers: { 'x-limit': 1 } }],
    [
      '/?p=secret',
      { 'x-limit': 'value' },
      400,
      {
        error:
          'query/p: Invalid input: expected number, received string; headers/x-limit: Invalid input: expected number, received string',
      },
    ],
    ['/?p=1&p=2', { 'x-limit': '1' }, 400, { error: 'query/p: Invalid input: expected number, received array' }],
    ['/', {}, 400, { error: expect.stringMatching(/^headers\/x-limit: Invalid input: expected number/) }],
    ['/?j={secret', { 'x-limit': '1' }, 400, { error: 'query/j: must be valid JSON' }],
  ];
  await overBoth(server, async (ask) => {
    for (const [path, headers, status, body] of rows) {
      const response = await ask(path, { headers });
      expect([path, response.status, await response.json()]).toEqual([path, status, body]);
    }
  });
});

test('a parameter that may be one value or a list is parsed as the valid one', async () => {
  const shape: ParameterShape = { kind: 'array', items: text, single: { kind: 'primitive', types: ['string'] } };
  const own = { ...parameter('query', 'form', true, shape), name: 'has' };
  const query = z.object({ has: z.union([z.enum(['one', 'two']), z.array(z.enum(['patch', 'two']))]).optional() });
  const server = createServer(
    {
      api: api(),
      operations: { read: operation({ id: 'read', path: '/x', parameters: [own] }) },
      validators: { read: { query, responses: {} } },
      signers: {},
    },
    { handlers: { read: ({ query }: { query: object }) => ({ data: query }) } },
  );
  for (const [search, status, want] of [
    ['has=one', 200, { has: 'one' }],
    ['has=patch', 200, { has: ['patch'] }],
    // Both are valid: a list, as elsewhere.
    ['has=two', 200, { has: ['two'] }],
    ['has=patch&has=two', 200, { has: ['patch', 'two'] }],
    ['', 200, {}],
    ['has=none', 400, {}],
    ['has=one&has=patch', 400, {}],
  ] as const) {
    const response = await server.fetch(new Request(`http://t/x?${search}`));
    expect([search, response.status]).toEqual([search, status]);
    if (status === 200) expect(await response.json()).toEqual(want);
  }
});
