import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import type { OperationDescriptor } from '../../../runtime/contract/index.ts';
import { createServer } from '../../../runtime/server/index.ts';
import { createRouter } from '../../../runtime/server/router.ts';
import { api, operation, overBoth } from './support.ts';

describe('templates', () => {
  const templates = [
    '/',
    '/users',
    '/users/{id}',
    '/users/me',
    '/users/{id}/mails',
    '/users/{id}/mails/{mail}',
    '/users/me/{thing}',
    '/files/{name}.json',
    '/files/{name}',
    '/files/{name}:{verb}',
    '/a b/ไทย',
    '/{x}/fixed',
    '/a.b*c',
    '/trailing/',
    "/Users('{id}')",
    '/{x}:go',
    '/ผู้ใช้-{id}',
    '/s p/{x} y',
    '/e%20f/{x}%20g',
    '/100%{x}',
  ];
  const router = createRouter(templates.map((template) => [template, template] as const));

  test.each([
    ['/', '/', {}],
    ['/users', '/users', {}],
    ['/users/', undefined, {}],
    ['/users/7', '/users/{id}', { id: '7' }],
    ['/users/me', '/users/me', {}],
    ['/users/me/mails', '/users/me/{thing}', { thing: 'mails' }],
    ['/users/me/mails/1', '/users/{id}/mails/{mail}', { id: 'me', mail: '1' }],
    ['/users/a%2Fb', '/users/{id}', { id: 'a%2Fb' }],
    ['/users/7/mails/8', '/users/{id}/mails/{mail}', { id: '7', mail: '8' }],
    ['/users/7/other', undefined, {}],
    ['/users//mails', undefined, {}],
    ['/files/a.json', '/files/{name}.json', { name: 'a' }],
    ['/files/a.b', '/files/{name}', { name: 'a.b' }],
    ['/files/a:run', '/files/{name}:{verb}', { name: 'a', verb: 'run' }],
    ['/a%20b/%E0%B9%84%E0%B8%97%E0%B8%A2', '/a b/ไทย', {}],
    ['/users/fixed', '/users/{id}', { id: 'fixed' }],
    ['/other/fixed', '/{x}/fixed', { x: 'other' }],
    ['/a.b*c', '/a.b*c', {}],
    ['/aXbbc', undefined, {}],
    ['/trailing/', '/trailing/', {}],
    ['/trailing', undefined, {}],
    ['/users/%E0%A4%A', '/users/{id}', { id: '%E0%A4%A' }],
    ['/constructor', undefined, {}],
    ["/Users('7')", "/Users('{id}')", { id: '7' }],
    ['/Users(%277%27)', "/Users('{id}')", { id: '7' }],
    ['/Users%28%27%E0%B8%81%27%29', "/Users('{id}')", { id: '%E0%B8%81' }],
    ['/a%3Ab:go', '/{x}:go', { x: 'a%3Ab' }],
    ['/a%3Ago', '/{x}:go', { x: 'a' }],
    ['/a%3ago', '/{x}:go', { x: 'a' }],
    [`${encodeURI('/ผู้ใช้-')}7`, '/ผู้ใช้-{id}', { id: '7' }],
    [`${encodeURI('/ผู้ใช้-').toLowerCase()}%2F`, '/ผู้ใช้-{id}', { id: '%2F' }],
    ['/s%20p/q%20q%20y', '/s p/{x} y', { x: 'q%20q' }],
    ['/e%20f/q%20g', '/e%20f/{x}%20g', { x: 'q' }],
    ['/100%25a', '/100%{x}', { x: 'a' }],
    ['/100%2525a', '/100%{x}', { x: '25a' }],
  ])('%s', (path, value, values) => {
    expect(router.find(path)).toEqual(value === undefined ? undefined : { value, values });
  });
});

describe('encoded delimiters are data (RFC 3986, section 2.2)', () => {
  const templates = ['/files/{name}', '/files/a/b', '/api/v1/pay', '/100%/x', '/a%2Fb/c', '/q/{id}/x', '/q/r/x'];
  const router = createRouter(templates.map((template) => [template, template] as const));

  test.each([
    ['/files/a/b', '/files/a/b', {}],
    ['/files/a%2Fb', '/files/{name}', { name: 'a%2Fb' }],
    ['/files/a%2fb', '/files/{name}', { name: 'a%2fb' }],
    ['/files%2Fa%2Fb', undefined, {}],
    ['/files%2fa/b', undefined, {}],
    ['/api%2Fv1%2Fpay', undefined, {}],
    ['/api/v1%2Fpay', undefined, {}],
    ['%2Fapi/v1/pay', undefined, {}],
    ['/api/v1/p%61y', '/api/v1/pay', {}],
    ['/%61pi/v1/pay', '/api/v1/pay', {}],
    ['/api/v1/p%2561y', undefined, {}],
    ['/api/v1%252Fpay', undefined, {}],
    ['/api/v1/pay%00', undefined, {}],
    ['/api%00v1/pay', undefined, {}],
    ['/100%25/x', '/100%/x', {}],
    ['/a%2Fb/c', '/a%2Fb/c', {}],
    ['/a%2fb/c', '/a%2Fb/c', {}],
    ['/a/b/c', undefined, {}],
    ['/a%252Fb/c', undefined, {}],
    ['/q/r%2Fx', undefined, {}],
    ['/q/r%2Fx/x', '/q/{id}/x', { id: 'r%2Fx' }],
    ['/q/%72/x', '/q/r/x', {}],
  ])('%s', (path, value, values) => {
    expect(router.find(path)).toEqual(value === undefined ? undefined : { value, values });
  });
});

const equals = (query: string, value: string) => ({ query, equals: value }) as const;

const inPath = (name: string) =>
  ({
    name,
    in: 'path',
    required: true,
    style: 'simple',
    explode: false,
    shape: { kind: 'primitive', types: ['string'] },
  }) as const;

const operations: Record<string, OperationDescriptor> = Object.fromEntries(
  [
    operation({ id: 'create', method: 'POST', path: '/keys', when: [equals('action', 'create')] }),
    operation({ id: 'consume', method: 'POST', path: '/keys', when: [equals('action', 'consume')] }),
    operation({ id: 'plain', method: 'POST', path: '/keys', when: [{ query: 'action', absent: true }] }),
    operation({
      id: 'check',
      method: 'GET',
      path: '/keys',
      when: [equals('action', 'check'), { query: 'token', present: true }],
    }),
    operation({ id: 'list', method: 'GET', path: '/keys', when: [{ query: 'org', present: true }] }),
    operation({
      id: 'one',
      method: 'GET',
      path: '/keys/{id}',
      parameters: [
        {
          name: 'id',
          in: 'path',
          required: true,
          style: 'simple',
          explode: false,
          shape: { kind: 'primitive', types: ['string'] },
        },
      ],
    }),
    operation({ id: 'remove', method: 'DELETE', path: '/keys/{id}' }),
    operation({
      id: 'proof',
      method: 'GET',
      path: '/users/{user}/proofs/{digest}',
      parameters: [inPath('user'), inPath('digest')],
    }),
    operation({
      id: 'forget',
      method: 'DELETE',
      path: '/users/{name}/proofs/{id}',
      parameters: [inPath('name'), inPath('id')],
    }),
    operation({ id: 'unwritten', method: 'GET', path: '/unwritten' }),
    operation({ id: 'options', method: 'OPTIONS', path: '/options' }),
  ].map((one) => [one.id, one]),
);

const server = createServer(
  { api: api(), operations, validators: {}, signers: {} },
  {
    handlers: Object.fromEntries(
      Object.keys(operations)
        .filter((id) => id !== 'unwritten')
        .map((id) => [id, (input: { path?: object }) => ({ data: { id, ...input.path } })]),
    ),
  },
);

const rows: readonly [method: string, path: string, status: number, body: unknown, allow?: string][] = [
  ['POST', '/keys?action=create', 200, 'create'],
  ['POST', '/keys?x=1&action=consume', 200, 'consume'],
  ['POST', '/keys', 200, 'plain'],
  ['POST', '/keys?', 200, 'plain'],
  [
    'POST',
    '/keys?action=other',
    404,
    'no operation matches the request: the query must have action=create, or action=consume, or no action',
  ],
  [
    'POST',
    '/keys?action=',
    404,
    'no operation matches the request: the query must have action=create, or action=consume, or no action',
  ],
  ['POST', '/keys?action=create&action=consume', 404, expect.stringMatching(/^no operation matches the request/)],
  ['POST', '/keys?action=create&action=create', 200, 'create'],
  ['POST', '/keys?%61ction=cre%61te', 200, 'create'],
  ['GET', '/keys?action=check&token=1', 200, 'check'],
  ['GET', '/keys?action=check&token', 200, 'check'],
  ['GET', '/keys?action=check', 404, expect.stringMatching(/action=check and token, or org/)],
  ['GET', '/keys?org=', 200, 'list'],
  ['DELETE', '/keys', 405, 'method must be POST, GET, HEAD, OPTIONS', 'POST, GET, HEAD, OPTIONS'],
  ['GET', '/keys/a%20b', 200, { id: 'a b' }],
  ['GET', '/keys/%E0%A4%A', 400, 'path/id: must be percent-encoded UTF-8'],
  ['PUT', '/keys/1', 405, 'method must be GET, DELETE, HEAD, OPTIONS', 'GET, DELETE, HEAD, OPTIONS'],
  ['GET', '/nothing', 404, 'the path does not exist'],
  ['GET', '/keys/', 404, 'the path does not exist'],
  ['GET', '/unwritten', 501, 'not implemented'],
  ['OPTIONS', '/options', 200, 'options'],
];

test('every request reaches its operation or receives the reason in the envelope', async () => {
  await overBoth(server, async (ask) => {
    for (const [method, path, status, want, allow] of rows) {
      const response = await ask(path, { method });
      const body = await response.json();
      const given = status !== 200 ? body.error : typeof want === 'string' ? body.id : { id: body.id };
      expect({ method, path, status: response.status, given }).toEqual({ method, path, status, given: want });
      expect(response.headers.get('allow')).toBe(allow ?? null);
      expect(response.headers.get('content-type')).toBe('application/json');
    }
  });
});

test('HEAD and OPTIONS', async () => {
  await overBoth(server, async (ask) => {
    const head = await ask('/keys/1', { method: 'HEAD' });
    expect([head.status, await head.text(), head.headers.get('content-type')]).toEqual([200, '', 'application/json']);
    const lost = await ask('/nothing', { method: 'HEAD' });
    expect([lost.status, await lost.text()]).toEqual([404, '']);
    const options = await ask('/keys', { method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'POST, GET, HEAD, OPTIONS']);
  });
});

test('the server can be mounted in another application, under a prefix', async () => {
  const app = new Hono()
    .route('/partner', server.app)
    .route('/tenants/:tenant/api', server.app)
    .get('/health', (context) => context.text('well'));
  await overBoth({ fetch: (request) => app.fetch(request), app }, async (ask) => {
    for (const prefix of ['/partner', '/tenants/acme/api']) {
      expect(await (await ask(`${prefix}/keys/7?x=1`)).json()).toEqual({ id: '7' });
      expect(await (await ask(`${prefix}/keys?action=create`, { method: 'POST' })).json()).toEqual({ id: 'create' });
      const lost = await ask(`${prefix}/nothing`);
      expect([lost.status, await lost.json()]).toEqual([404, { error: 'the path does not exist' }]);
    }
    expect(await (await ask('/health')).text()).toBe('well');
  });
  expect((await server.app.request('/keys/7')).status).toBe(200);
});

describe('paths that differ only in their parameter names', () => {
  test.each([
    ['GET', 200, { id: 'proof', user: 'ada', digest: 'sha:1' }],
    ['DELETE', 200, { id: 'forget', name: 'ada' }],
  ])('%s', async (method, status, want) => {
    await overBoth(server, async (ask) => {
      const response = await ask('/users/ada/proofs/sha:1', { method });
      expect(response.status).toBe(status);
      expect(await response.json()).toMatchObject(method === 'GET' ? want : { name: 'ada', id: 'sha:1' });
    });
  });

  test('list the methods of both in Allow', async () => {
    const response = await server.fetch(new Request('http://t/users/ada/proofs/1', { method: 'PUT' }));
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, DELETE, HEAD, OPTIONS']);
  });
});
