import { afterAll, expect, test } from 'vitest';
import { packageOf, removePackages } from '../bodies/packages.ts';

const ref = (kind: string, name: string) => ({ $ref: `#/components/${kind}/${name}` });
const text = { type: 'string' };
const whole = { type: 'integer' };
const list = (items: object) => ({ type: 'array', items });
const object = (properties: object, rest: object = {}) => ({ type: 'object', properties, ...rest });
const record = { type: 'object', additionalProperties: whole };
const user = ref('schemas', 'User');
const json = (schema: object) => ({ 'application/json': { schema } });
const parameter = (place: string, name: string, schema: object, rest: object = {}) => ({
  name,
  in: place,
  schema,
  ...(place === 'path' && { required: true }),
  ...rest,
});
const operation = (parameters: readonly object[], rest: object = {}) => ({
  parameters,
  responses: { 200: { description: 'ok', content: json({}) } },
  ...rest,
});
const body = (content: object) => ({ requestBody: { required: true, content } });
const FORM = 'application/x-www-form-urlencoded';
const PARTS = 'multipart/form-data';

const schemas = {
  User: object(
    { id: { ...whole, readOnly: true }, name: text, pin: { ...text, writeOnly: true } },
    { required: ['id', 'name', 'pin'] },
  ),
  Form: object({ meta: { type: 'object', additionalProperties: text }, ids: list(text) }, { required: ['meta'] }),
  FormMore: {
    allOf: [ref('schemas', 'Form'), object({ pipes: list(text), items: list(object({ tags: list(text) })) })],
  },
  Parts: {
    allOf: [
      object({ note: text, ids: list(whole), meta: object({ id: whole }) }),
      object({ csv: list(text), any: {}, either: { oneOf: [object({ z: whole }), text] }, n: whole }),
    ],
  },
};
const deep = { style: 'deepObject', explode: true };

/** The places of a document of OpenAPI 3.0 where parameters and bodies can be declared. */
const paths = {
  '/cookies': {
    get: operation([
      parameter('cookie', 'rec', record),
      parameter('cookie', 'list', list(text), { explode: false }),
      parameter('cookie', 'many', list(whole)),
    ]),
  },
  '/headers': {
    get: operation([
      parameter('header', 'X-List', list(text)),
      parameter('header', 'X-Rec', { allOf: [object({ a: whole })], ...record }, { explode: true }),
      parameter('header', 'X-User', user),
    ]),
  },
  '/p/{m}/{l}/{s}/{o}': {
    parameters: [
      parameter('path', 'm', record, { style: 'matrix', explode: true }),
      parameter('path', 'l', list(text), { style: 'label' }),
      parameter('path', 's', list(text), { allowReserved: true }),
    ],
    get: operation([parameter('path', 'o', { oneOf: [whole, text] })]),
  },
  '/query': {
    get: operation([
      parameter('query', 'one', { oneOf: [record, text] }),
      parameter('query', 'filter', object({ of: record, list: list(whole) }), deep),
      parameter('query', 'user', user, deep),
      { name: 'json', in: 'query', content: json(user) },
      parameter('query', 'reserved', text, { allowReserved: true }),
      parameter('query', 'spaces', list(whole), { style: 'spaceDelimited', explode: false }),
      ref('parameters', 'type'),
      ref('parameters', 'authorization'),
    ]),
  },
  '/form': { post: operation([], { requestBody: ref('requestBodies', 'Form') }) },
  '/parts': {
    post: operation(
      [],
      body({
        [PARTS]: {
          schema: ref('schemas', 'Parts'),
          encoding: {
            note: { contentType: 'application/json' },
            ids: { contentType: 'application/json' },
            csv: { style: 'form', explode: false },
          },
        },
      }),
    ),
  },
  '/users': { post: operation([], body({ [FORM]: { schema: user }, [PARTS]: { schema: user } })) },
  '/things': { delete: operation([], body(json(object({ ids: list(whole) }, { required: ['ids'] })))) },
};
const named = Object.fromEntries(
  Object.entries(paths).map(([path, item]) => {
    const [method = ''] = Object.keys(item).filter((key) => key !== 'parameters');
    const found = (item as unknown as Record<string, object>)[method];
    return [path, { ...item, [method]: { ...found, operationId: /\w+/.exec(path)?.[0] } }];
  }),
);
const made = await packageOf(named, {
  openapi: '3.0.3',
  components: {
    schemas,
    parameters: {
      type: parameter('header', 'content-type', text, { required: true }),
      authorization: parameter('header', 'AUTHORIZATION', text, { required: true }),
    },
    requestBodies: {
      Form: body({
        [FORM]: {
          schema: ref('schemas', 'FormMore'),
          encoding: { meta: deep, items: deep, ids: { explode: false }, pipes: { style: 'pipeDelimited' } },
        },
      }).requestBody,
    },
  },
});
afterAll(removePackages);

const ann = { name: 'n', pin: 'p' };
const path = { m: { a: 1, b: 2 }, l: ['x', 'y z'], s: ['a/../b', '?x#y'], o: 5 };
const FORMED = { meta: { a: '1', b: 'x y' }, ids: ['x', 'y,z'], pipes: ['a', 'b'], items: [{ tags: ['t', 'u'] }] };
const PARTED = {
  note: 'hi',
  ids: [1, 2],
  meta: { id: 1 },
  csv: ['a', 'b'],
  any: { deep: [1] },
  either: { z: 1 },
  n: 3,
};

/** [what, operation, input of the call, and of the handler if it differs] */
const rows: [what: string, operation: string, input: object, want?: object][] = [
  [
    'a record, a list and an exploded list as cookies',
    'cookies',
    { cookies: { rec: { a: 1 }, list: ['x', 'y,z'], many: [1, 2] } },
  ],
  ['one item of an exploded list', 'cookies', { cookies: { many: [7] } }],
  ['lists and open objects as headers', 'headers', { headers: { 'X-List': ['a', 'b c'], 'X-Rec': { a: 1, b: 2 } } }],
  ['readOnly and writeOnly properties in a header', 'headers', { headers: { 'X-User': ann } }],
  ['each style of a path', 'p', { path }],
  ['text of a union in a path', 'p', { path: { ...path, o: 'te xt' } }],
  ['text where an object is possible', 'query', { query: { one: 'text', filter: { of: { x: 1 }, list: [1, 2] } } }],
  ['an object where text is possible', 'query', { query: { one: { a: 1 }, filter: { list: [1, 2] } } }],
  ['readOnly and writeOnly properties in deepObject and in JSON', 'query', { query: { user: ann, json: ann } }],
  ['reserved characters', 'query', { query: { reserved: 'a/b?c:d&e=f#g+h' } }],
  ['numbers separated by spaces', 'query', { query: { spaces: [1, 2] } }],
  ['a form of a component that extends another', 'form', { body: FORMED }],
  ['parts of a component that extends another', 'parts', { body: PARTED }],
  ['parts that may be text', 'parts', { body: { any: 'text', either: 'text' } }],
  ['readOnly and writeOnly properties in a form', 'users', { body: ann, contentType: FORM }, { body: ann }],
  ['readOnly and writeOnly properties in parts', 'users', { body: ann, contentType: PARTS }, { body: ann }],
  ['a body of DELETE', 'things', { body: { ids: [1] } }],
];

test.each(rows)('arrives unchanged: %s', async (_, name, input, given) => {
  const want = given ?? input;
  let received: Record<string, unknown> = {};
  const handler = ({ path, query, headers, cookies, body }: Record<string, unknown>) => {
    received = { path, query, headers, cookies, body };
    return { data: 1 };
  };
  const error = await made.serving({ [name]: handler }, async (url) => (await made.client(url)[name]?.(input))?.error);
  expect(error?.message).toBeUndefined();
  const parts = Object.fromEntries(Object.entries(received).filter(([part]) => part in want));
  expect(parts).toEqual(want);
});
