const T = { type: 'string' };
const I = { type: 'integer' };
const B = { type: 'boolean' };
const N = { type: 'number' };
const list = (items: object) => ({ type: 'array', items });
const obj = (properties: object, more = {}) => ({ type: 'object', properties, ...more });
const q = (name: string, schema: object, more = {}) => ({ name, in: 'query', schema, ...more });
const json = (schema: object) => ({ 'application/json': { schema } });

/** One operation: what the client sends and the handler receives, what the handler returns and the client reads. */
export type Row = {
  readonly name: string;
  readonly path?: string;
  readonly method?: string;
  readonly parameters?: readonly object[];
  readonly body?: object;
  readonly responses?: object;
  readonly input: object;
  readonly answer?: object;
  readonly data?: unknown;
};

export const rows: readonly Row[] = [
  { name: 'php list', parameters: [q('ids[]', list(I))], input: { query: { 'ids[]': [1, 2] } } },
  { name: 'bracket name', parameters: [q('filter[name]', T)], input: { query: { 'filter[name]': 'a' } } },
  {
    name: 'deep and bracket',
    parameters: [q('filter', obj({ a: T }), { style: 'deepObject', explode: true }), q('filter[b]', T)],
    input: { query: { filter: { a: 'x' }, 'filter[b]': 'y' } },
  },
  {
    name: 'dot name',
    parameters: [q('a.b', T), q('$top', I), q('x-y', B)],
    input: { query: { 'a.b': 'z', $top: 1, 'x-y': false } },
  },
  {
    name: 'same name in places',
    path: '/same/{id}',
    parameters: [
      { name: 'id', in: 'path', required: true, schema: I },
      q('id', T),
      { name: 'id', in: 'header', schema: T },
      { name: 'id', in: 'cookie', schema: T },
    ],
    input: { path: { id: 1 }, query: { id: 'a' }, headers: { id: 'b' }, cookies: { id: 'c' } },
  },
  {
    name: 'extension',
    path: '/files/{name}.{ext}',
    parameters: ['name', 'ext'].map((name) => ({ name, in: 'path', required: true, schema: T })),
    input: { path: { name: 'a', ext: 'tar.gz' } },
  },
  {
    name: 'colon verb',
    path: '/users/{id}:activate',
    method: 'post',
    parameters: [{ name: 'id', in: 'path', required: true, schema: T }],
    input: { path: { id: 'a:b' } },
  },
  {
    name: 'two in segment',
    path: '/range/{from}-{to}',
    parameters: ['from', 'to'].map((name) => ({ name, in: 'path', required: true, schema: I })),
    input: { path: { from: 1, to: 22 } },
  },
  { name: 'const bool', parameters: [q('on', { const: true })], input: { query: { on: true } } },
  { name: 'enum numbers', parameters: [q('n', { enum: [1, 2] })], input: { query: { n: 2 } } },
  { name: 'nullable', parameters: [q('n', { type: ['integer', 'null'] })], input: { query: { n: 3 } } },
  { name: 'anyOf int string', parameters: [q('n', { anyOf: [I, T] })], input: { query: { n: 'x1' } } },
  { name: 'oneOf list or text', parameters: [q('n', { oneOf: [T, list(T)] })], input: { query: { n: ['a', 'b'] } } },
  { name: 'empty text', parameters: [q('n', T)], input: { query: { n: '' } } },
  { name: 'list of one empty', parameters: [q('n', list(T))], input: { query: { n: [''] } } },
  {
    name: 'unicode',
    path: '/ü/{é}',
    parameters: [{ name: 'é', in: 'path', required: true, schema: T }, q('ñ', T)],
    input: { path: { é: 'ß' }, query: { ñ: '✓' } },
  },
  { name: 'allOf param', parameters: [q('n', { allOf: [I, { minimum: 1 }] })], input: { query: { n: 3 } } },
  {
    name: 'deep list of objects',
    parameters: [q('f', list(obj({ a: I })), { style: 'deepObject', explode: true })],
    input: { query: { f: [{ a: 1 }, { a: 2 }] } },
  },
  {
    name: 'json param',
    parameters: [{ name: 'f', in: 'query', content: json(obj({ a: list(I) })) }],
    input: { query: { f: { a: [1, 2] } } },
  },
  {
    name: 'json vendor param',
    parameters: [{ name: 'f', in: 'query', content: { 'application/vnd.x+json; v=1': { schema: obj({ a: I }) } } }],
    input: { query: { f: { a: 1 } } },
  },
  {
    name: 'charset json',
    method: 'post',
    body: { 'application/json; charset=utf-8': { schema: obj({ a: I }) } },
    input: { body: { a: 1 } },
  },
  {
    name: 'vendor json',
    method: 'post',
    body: { 'application/vnd.api+json;version=1': { schema: obj({ a: I }) } },
    input: { body: { a: 1 } },
  },
  { name: 'range body', method: 'post', body: { '*/*': { schema: obj({ a: I }) } }, input: { body: { a: 1 } } },
  {
    name: 'app range body',
    method: 'post',
    body: { 'application/*': { schema: obj({ a: I }) } },
    input: { body: { a: 1 } },
  },
  {
    name: 'form nested',
    method: 'post',
    body: {
      'application/x-www-form-urlencoded': { schema: obj({ a: obj({ b: I }), c: list(obj({ d: B })), e: list(I) }) },
    },
    input: { body: { a: { b: 1 }, c: [{ d: true }, { d: false }], e: [3] } },
  },
  {
    name: 'form one item of objects',
    method: 'post',
    body: { 'application/x-www-form-urlencoded': { schema: obj({ c: list(obj({ d: B })) }) } },
    input: { body: { c: [{ d: true }] } },
  },
  {
    name: 'multipart nested',
    method: 'post',
    body: {
      'multipart/form-data': { schema: obj({ a: obj({ b: I }), c: list(obj({ d: B })), e: list(I), f: B, g: N }) },
    },
    input: { body: { a: { b: 1 }, c: [{ d: true }], e: [3], f: false, g: 1.5 } },
  },
  {
    name: 'multipart base64',
    method: 'post',
    body: { 'multipart/form-data': { schema: obj({ a: { type: 'string', contentEncoding: 'base64' } }) } },
    input: { body: { a: 'aGk=' } },
  },
  {
    name: 'multipart map',
    method: 'post',
    body: { 'multipart/form-data': { schema: { type: 'object', additionalProperties: I } } },
    input: { body: { a: 1, b: 2 } },
  },
  {
    name: 'multipart nullable',
    method: 'post',
    body: {
      'multipart/form-data': {
        schema: obj({ a: { type: ['integer', 'null'] }, b: { anyOf: [obj({ c: I }), { type: 'null' }] } }),
      },
    },
    input: { body: { a: 1, b: { c: 2 } } },
  },
  {
    name: 'form oneOf',
    method: 'post',
    body: {
      'application/x-www-form-urlencoded': {
        schema: {
          oneOf: [
            obj({ kind: { const: 'a' }, n: I }, { required: ['kind', 'n'] }),
            obj({ kind: { const: 'b' }, t: T }, { required: ['kind', 't'] }),
          ],
        },
      },
    },
    input: { body: { kind: 'a', n: 1 } },
  },
  {
    name: 'form allOf',
    method: 'post',
    body: { 'application/x-www-form-urlencoded': { schema: { allOf: [obj({ n: I }), obj({ b: B })] } } },
    input: { body: { n: 1, b: true } },
  },
  {
    name: 'multipart oneOf',
    method: 'post',
    body: {
      'multipart/form-data': {
        schema: {
          oneOf: [
            obj({ kind: { const: 'a' }, n: I }, { required: ['kind', 'n'] }),
            obj({ kind: { const: 'b' }, o: obj({ x: I }) }, { required: ['kind', 'o'] }),
          ],
        },
      },
    },
    input: { body: { kind: 'b', o: { x: 1 } } },
  },
  { name: 'text body', method: 'post', body: { 'text/plain': { schema: T } }, input: { body: 'hé' } },
  { name: 'number text', method: 'post', body: { 'text/plain': { schema: I } }, input: { body: 5 } },
  { name: 'json string', method: 'post', body: json(T), input: { body: 'a"b' } },
  { name: 'json null', method: 'post', body: json({ type: 'null' }), input: { body: null } },
  { name: 'json bool', method: 'post', body: json(B), input: { body: false } },
  {
    name: 'patch merge',
    method: 'patch',
    body: { 'application/merge-patch+json': { schema: obj({ a: { type: ['string', 'null'] } }) } },
    input: { body: { a: null } },
  },
  { name: 'delete body', method: 'delete', body: json(obj({ a: I })), input: { body: { a: 1 } } },
  {
    name: '2XX',
    responses: { '2XX': { description: 'ok', content: json(obj({ a: I })) } },
    input: {},
    answer: { status: 202, body: { a: 1 } },
    data: { a: 1 },
  },
  {
    name: 'default only',
    responses: { default: { description: 'any', content: json(obj({ a: I })) } },
    input: {},
    answer: { data: { a: 1 } },
    data: { a: 1 },
  },
  {
    name: 'response text',
    responses: { 200: { description: 'ok', content: { 'text/plain': { schema: T } } } },
    input: {},
    answer: { data: '7' },
    data: '7',
  },
  {
    name: 'response text number',
    responses: { 200: { description: 'ok', content: { 'text/plain': { schema: I } } } },
    input: {},
    answer: { data: 7 },
    data: 7,
  },
  {
    name: 'response vendor',
    responses: {
      200: { description: 'ok', content: { 'application/problem+json; charset=utf-8': { schema: obj({ a: I }) } } },
    },
    input: {},
    answer: { data: { a: 1 } },
    data: { a: 1 },
  },
  {
    name: 'response range',
    responses: { 200: { description: 'ok', content: { '*/*': { schema: obj({ a: I }) } } } },
    input: {},
    answer: { data: { a: 1 } },
    data: { a: 1 },
  },
  {
    name: 'response null',
    responses: { 200: { description: 'ok', content: json({ anyOf: [obj({ a: I }), { type: 'null' }] }) } },
    input: {},
    answer: { data: null },
    data: null,
  },
  {
    name: 'response empty list',
    responses: { 200: { description: 'ok', content: json(list(I)) } },
    input: {},
    answer: { data: [] },
    data: [],
  },
  {
    name: 'response false',
    responses: { 200: { description: 'ok', content: json(B) } },
    input: {},
    answer: { data: false },
    data: false,
  },
  {
    name: 'response string',
    responses: { 200: { description: 'ok', content: json(T) } },
    input: {},
    answer: { data: '' },
    data: '',
  },
  {
    name: 'header object form',
    parameters: [{ name: 'X-O', in: 'header', schema: obj({ a: I, b: B }), explode: true }],
    input: { headers: { 'X-O': { a: 1, b: true } } },
  },
  {
    name: 'header bool list',
    parameters: [{ name: 'X-L', in: 'header', schema: list(B) }],
    input: { headers: { 'X-L': [true, false] } },
  },
  {
    name: 'header json',
    parameters: [{ name: 'X-J', in: 'header', content: json(list(T)) }],
    input: { headers: { 'X-J': ['a,b', '1'] } },
  },
  {
    name: 'cookie list',
    parameters: [{ name: 'c', in: 'cookie', schema: list(I), explode: false }],
    input: { cookies: { c: [1, 2] } },
  },
  {
    name: 'cookie json',
    parameters: [{ name: 'c', in: 'cookie', content: json(obj({ a: T })) }],
    input: { cookies: { c: { a: 'x;y' } } },
  },
  { name: 'ref param', parameters: [{ $ref: '#/components/parameters/P' }], input: { query: { p: [1] } } },
  {
    name: 'query list default explode false one',
    parameters: [q('n', list(I), { explode: false })],
    input: { query: { n: [1] } },
  },
  {
    name: 'date',
    parameters: [q('d', { type: 'string', format: 'date-time' })],
    input: { query: { d: '2026-01-01T00:00:00+02:00' } },
  },
  {
    name: 'query object of lists',
    parameters: [q('o', obj({ a: list(I) }), { style: 'deepObject', explode: true })],
    input: { query: { o: { a: [1, 2] } } },
  },
  {
    name: 'query anyOf objects',
    parameters: [
      q(
        'o',
        { oneOf: [obj({ a: I }, { required: ['a'] }), obj({ b: T }, { required: ['b'] })] },
        { style: 'deepObject', explode: true },
      ),
    ],
    input: { query: { o: { a: 1 } } },
  },
  {
    name: 'query nullable object deep',
    parameters: [q('o', { anyOf: [obj({ a: I }), { type: 'null' }] }, { style: 'deepObject', explode: true })],
    input: { query: { o: { a: 1 } } },
  },
  { name: 'exploded object', parameters: [q('o', obj({ a: I, b: list(I) }))], input: { query: { o: { a: 1 } } } },
  {
    name: 'exploded object with lists',
    parameters: [q('o', obj({ a: I, b: list(I), sort: list(T), at: obj({ x: I }) }))],
    input: { query: { o: { a: 1, b: [2, 3], sort: ['name,asc'], at: { x: 1 } } } },
  },
  {
    name: 'required object without properties, exploded',
    parameters: [q('o', obj({ a: I, b: list(I) }), { required: true })],
    input: { query: { o: {} } },
  },
  {
    name: 'required deep object without properties',
    parameters: [q('o', obj({ a: I }), { required: true, style: 'deepObject', explode: true })],
    input: { query: { o: {} } },
  },
  {
    name: 'header of JSON with any characters',
    parameters: [{ name: 'X-Args', in: 'header', content: json(obj({ path: T })) }],
    input: { headers: { 'X-Args': { path: '/é日本😀\u007f\n' } } },
  },
  {
    name: 'union whose base has the discriminator',
    method: 'post',
    body: json({ oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }] }),
    input: { body: { kind: 'cat', lives: 9 } },
  },
  {
    name: 'union of a base and what extends it',
    method: 'post',
    body: json({
      oneOf: [
        { $ref: '#/components/schemas/Pet' },
        { $ref: '#/components/schemas/Cat' },
        { $ref: '#/components/schemas/Dog' },
      ],
    }),
    input: { body: { kind: 'dog', breed: 'pug' } },
  },
  {
    name: 'exploded object with any lists, beside another list',
    parameters: [q('o', { type: 'object', additionalProperties: list(T) }), q('p', list(T))],
    input: { query: { o: { a: ['x', 'y'], b: ['z'] }, p: ['1', '2'] } },
  },
  {
    name: 'big int param',
    parameters: [q('n', { type: 'integer', format: 'int64' })],
    input: { query: { n: 9007199254740991 } },
  },
  {
    name: 'record list',
    parameters: [q('o', { type: 'object', additionalProperties: list(T) }, { style: 'deepObject', explode: true })],
    input: { query: { o: { a: ['x', 'y'], b: ['z'] } } },
  },
  {
    name: 'text responses: boolean',
    responses: { 200: { description: 'ok', content: { 'text/plain': { schema: B } } } },
    input: {},
    answer: { data: false },
    data: false,
  },
  {
    name: 'text responses: null or number',
    responses: { 200: { description: 'ok', content: { 'text/plain': { schema: { type: ['number', 'null'] } } } } },
    input: {},
    answer: { data: null },
    data: null,
  },
  {
    name: 'text responses: text of digits',
    responses: { 200: { description: 'ok', content: { 'text/plain': { schema: { type: ['integer', 'string'] } } } } },
    input: {},
    answer: { data: '007' },
    data: '007',
  },
  {
    name: 'text responses: enum of numbers',
    responses: { 200: { description: 'ok', content: { 'text/plain': { schema: { type: 'integer', enum: [1, 2] } } } } },
    input: {},
    answer: { data: 2 },
    data: 2,
  },
  { name: 'text bodies: boolean', method: 'post', body: { 'text/plain': { schema: B } }, input: { body: true } },
  {
    name: 'text bodies: number by reference',
    method: 'post',
    body: { 'text/plain; charset=utf-8': { schema: { $ref: '#/components/schemas/N' } } },
    input: { body: 1.5 },
  },
  { name: 'text bodies: text of digits', method: 'post', body: { 'text/plain': { schema: T } }, input: { body: '12' } },
];

/** The paths of a document with all of them. */
export const paths: { [path: string]: { [method: string]: object } } = {};
for (const [at, { path = `/r${at}`, method = 'get', parameters = [], body, responses }] of rows.entries()) {
  const requestBody = body && { required: true, content: body };
  const operation = { operationId: `op${at}`, parameters, ...(requestBody && { requestBody }) };
  paths[path] = { ...paths[path], [method]: { ...operation, responses: responses ?? { 204: { description: 'ok' } } } };
}
const mapping = { cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog' };
/** Pets as springdoc writes them: only the base has a discriminator. */
const PETS = {
  Pet: { ...obj({ kind: T }, { required: ['kind'] }), discriminator: { propertyName: 'kind', mapping } },
  Cat: { allOf: [{ $ref: '#/components/schemas/Pet' }, obj({ lives: I })] },
  Dog: { allOf: [{ $ref: '#/components/schemas/Pet' }, obj({ breed: T })] },
};
export const components = { parameters: { P: q('p', list(I)) }, schemas: { N, ...PETS } };
