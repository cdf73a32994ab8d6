import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createServer } from '../../../runtime/server/index.ts';
import { type Listening, listen } from '../../../runtime/server/node.ts';
import { clientOf } from '../client/fixtures.ts';
import { serve, type TestServer } from '../client/serve.ts';
import { api, operation } from '../server/support.ts';

const responses = [
  { status: '201', content: ['application/json'], requiredHeaders: ['Location', 'X-Left'] },
  { status: '204', content: [], requiredHeaders: ['ETag'] },
  { status: '2XX', content: ['application/json'] },
];
const made = operation({ id: 'op', path: '/op', responses });

type Row = readonly [name: string, answer: object, status: number, headers: readonly (readonly [string, string])[]];
const rows: readonly Row[] = [
  [
    'both present',
    { data: {}, headers: { Location: '/1', 'X-Left': '2' } },
    201,
    [
      ['location', '/1'],
      ['x-left', '2'],
    ],
  ],
  ['in another case', { data: {}, headers: { LOCATION: '/1', 'x-left': '2' } }, 201, [['location', '/1']]],
  ['as Headers', { data: {}, headers: new Headers({ location: '/1', 'x-left': '2' }) }, 201, [['x-left', '2']]],
  ['one missing', { data: {}, headers: { Location: '/1' } }, 500, []],
  ['one undefined', { data: {}, headers: { Location: '/1', 'X-Left': undefined } }, 500, []],
  ['no headers', { data: {} }, 500, []],
  ['an empty header', { data: {}, headers: { Location: '', 'X-Left': '2' } }, 201, [['location', '']]],
  ['a number', { data: {}, headers: { Location: '/1', 'X-Left': 2 } }, 201, [['x-left', '2']]],
  ['without a body', { status: 204, headers: { ETag: 'x' } }, 204, [['etag', 'x']]],
  ['without a body, missing', { status: 204 }, 500, []],
  ['another status', { status: 202, body: {} }, 202, []],
];

describe('a server', () => {
  let listening: Listening;
  let answer: unknown;
  const start = (options: object = {}) =>
    listen(
      createServer({ api: api(), operations: { op: made }, validators: {}, signers: {} }, {
        handlers: { op: () => answer },
        logger: {},
        ...options,
      } as never),
    );
  beforeAll(async () => {
    listening = await start();
  });
  afterAll(() => listening.close());

  test.each(rows)('responds with the required headers: %s', async (_, given, status, headers) => {
    answer = given;
    const response = await fetch(`${listening.url}/op`);
    expect(response.status).toBe(status);
    for (const [name, value] of headers) expect(response.headers.get(name)).toBe(value);
  });

  test.each(['warn', 'off'])('sends without them if validation is off: %s', async (mode) => {
    const lenient = await start({ validation: { responses: mode } });
    answer = { data: {} };
    expect((await fetch(`${lenient.url}/op`)).status).toBe(201);
    await lenient.close();
  });

  test('sets the request id itself', async () => {
    const own = operation({
      id: 'op',
      path: '/op',
      responses: [{ ...responses[2], status: '200', content: ['application/json'], requiredHeaders: ['X-Request-Id'] }],
    });
    const server = createServer({ api: api(), operations: { op: own }, validators: {}, signers: {} }, {
      handlers: { op: () => ({ data: {} }) },
    } as never);
    expect((await server.fetch(new Request('http://x/op'))).status).toBe(200);
  });

  test.each<[string, unknown, readonly string[]]>([
    ['one', { 'Set-Cookie': 'a=1' }, ['a=1']],
    [
      'several',
      { 'Set-Cookie': ['a=1; Path=/', 'b=2; Expires=Wed, 21 Oct 2026 07:28:00 GMT'] },
      ['a=1; Path=/', 'b=2; Expires=Wed, 21 Oct 2026 07:28:00 GMT'],
    ],
    ['a list of one', { 'set-cookie': ['a=1'] }, ['a=1']],
    ['an empty list', { 'set-cookie': [] }, []],
    [
      'of Headers',
      new Headers([
        ['set-cookie', 'a=1'],
        ['Set-Cookie', 'b=2'],
      ]),
      ['a=1', 'b=2'],
    ],
    [
      'as pairs',
      [
        ['Set-Cookie', 'a=1'],
        ['set-cookie', 'b=2'],
      ],
      ['a=1', 'b=2'],
    ],
    ['of an error', undefined, ['e=1', 'f=2']],
    ['in two cases', { 'Set-Cookie': 'a=1', 'set-cookie': 'b=2' }, ['a=1', 'b=2']],
  ])('sends every cookie: %s', async (name, headers, want) => {
    const given = { ...made, responses: [{ status: '200', content: ['application/json'] }], codes: [404] };
    const error = { error: { code: 404 }, headers: { 'Set-Cookie': ['e=1', 'f=2'] } };
    const server = createServer({ api: api(), operations: { op: given }, validators: {}, signers: {} }, {
      handlers: { op: () => (name === 'of an error' ? error : { data: {}, headers }) },
      logger: {},
    } as never);
    const own = await listen(server);
    expect((await fetch(`${own.url}/op`)).headers.getSetCookie()).toEqual(want);
    await own.close();
  });

  test('joins the values of another header', async () => {
    answer = { status: 202, body: {}, headers: { Vary: ['Accept', 'Origin'] } };
    expect((await fetch(`${listening.url}/op`)).headers.get('vary')).toBe('Accept, Origin');
  });
});

describe('a client', () => {
  let server: TestServer;
  let head: readonly [number, Record<string, string>] = [201, {}];
  beforeAll(async () => {
    server = await serve((_, answer) => {
      answer.writeHead(head[0], { 'content-type': 'application/json', ...head[1] });
      answer.end(head[0] === 204 ? undefined : '{}');
    });
  });
  afterAll(() => server.close());

  const given = { ...made, responses: responses.slice(0, 2) };
  test.each<[string, readonly [number, Record<string, string>], readonly string[]]>([
    ['both present', [201, { location: '/1', 'x-left': '2' }], []],
    ['one missing', [201, { location: '/1' }], ['/headers/X-Left']],
    ['both missing', [201, {}], ['/headers/Location', '/headers/X-Left']],
    ['an empty header', [201, { location: '', 'x-left': '' }], []],
    ['without a body', [204, { etag: 'x' }], []],
    ['without a body, missing', [204, {}], ['/headers/ETag']],
    ['an undeclared success', [202, {}], ['/status']],
    ['another undeclared success', [200, { location: '/1' }], ['/status']],
  ])('reports invalid headers: %s', async (_, sent, want) => {
    head = sent;
    const lenient = await clientOf(given, { baseUrl: server.url, logger: {} }).op().withResponse();
    expect(lenient.issues.map(({ pointer }) => pointer)).toEqual(want);
    expect(lenient.error).toBeUndefined();
    const strict = await clientOf(given, { baseUrl: server.url, validation: { responses: 'throw' } }).op();
    expect(strict.error?.kind).toBe(want.length ? 'validation' : undefined);
    const off = await clientOf(given, { baseUrl: server.url, validation: { responses: 'off' } })
      .op()
      .withResponse();
    expect([off.error, off.issues]).toEqual([undefined, []]);
  });
});
