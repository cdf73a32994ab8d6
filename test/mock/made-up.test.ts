import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MockProvider } from '../../runtime/mock/types.ts';
import { loadMockProvider } from '../../scripts/commands/mock/load-provider.ts';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { type Started, startGateway } from './support.ts';

const json = (media: object) => ({ 200: { description: 'Done.', content: { 'application/json': media } } });
const body = (content: object) => ({ required: true, content });
const user = {
  type: 'object',
  required: ['id', 'name', 'password'],
  properties: {
    id: { type: 'string', readOnly: true },
    name: { type: 'string' },
    password: { type: 'string', writeOnly: true },
  },
};
const form = {
  type: 'object',
  required: ['name'],
  properties: {
    name: { type: 'string', minLength: 2 },
    n: { type: 'integer' },
    file: { type: 'string', format: 'binary' },
  },
};

/** Ten levels of four references each, which expand to a million objects. */
const levels = Object.fromEntries(
  Array.from({ length: 10 }, (_, level) => {
    const member = level === 0 ? { type: 'string' } : { $ref: `#/components/schemas/L${level - 1}` };
    return [`L${level}`, { type: 'object', properties: { a: member, b: member, c: member, d: member } }];
  }),
);

const DOCUMENT = {
  openapi: '3.1.0',
  info: { title: 'Generated', version: '1.0.0' },
  paths: {
    '/none': { get: { operationId: 'none', responses: json({}) } },
    '/example': { get: { operationId: 'example', responses: json({ example: { a: 1 } }) } },
    '/examples': { get: { operationId: 'examples', responses: json({ examples: { one: { value: { a: 1 } } } }) } },
    '/empty': { get: { operationId: 'empty', responses: json({ schema: {} }) } },
    '/take': {
      post: {
        operationId: 'take',
        requestBody: body({ 'application/json': {} }),
        responses: { 204: { description: 'Done.' } },
      },
    },
    '/form': {
      post: {
        operationId: 'form',
        requestBody: body({ 'multipart/form-data': { schema: form } }),
        responses: { 204: { description: 'Done.' } },
      },
    },
    '/users': {
      post: {
        operationId: 'addUser',
        requestBody: body({ 'application/json': { schema: { $ref: '#/components/schemas/User' } } }),
        responses: json({ schema: { $ref: '#/components/schemas/User' } }),
      },
    },
    '/fan': { get: { operationId: 'fan', responses: json({ schema: { $ref: '#/components/schemas/L9' } }) } },
    '/headers': {
      get: {
        operationId: 'headers',
        responses: {
          200: {
            description: 'Done.',
            headers: {
              'X-Count': { required: true, schema: { type: 'integer', minimum: 7 } },
              'X-Shown': { schema: { type: 'string' }, example: 'shown' },
              'X-Named': { $ref: '#/components/headers/Named' },
            },
            content: { 'application/json': { schema: { type: 'object' } } },
          },
        },
      },
    },
    '/many': {
      get: {
        operationId: 'many',
        responses: {
          200: {
            description: 'Done.',
            content: {
              'text/plain': { schema: { type: 'string' } },
              'application/json': { schema: { type: 'object' } },
              'text/csv': { schema: { type: 'string' } },
              'text/event-stream': { schema: { type: 'string' } },
            },
          },
        },
      },
    },
  },
  components: {
    schemas: { User: user, ...levels, Count: { type: 'integer', minimum: 3 } },
    headers: { Named: { schema: { $ref: '#/components/schemas/Count' } } },
  },
};

let folder = '';
let mock: Started;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-made-up-'));
  await mkdir(join(folder, 'specs/odd'), { recursive: true });
  await writeFile(join(folder, 'specs/odd/openapi.json'), JSON.stringify(DOCUMENT));
  const provider: MockProvider = await loadMockProvider(openWorkspace(folder), 'odd');
  mock = await startGateway({ verify: false, providers: [{ name: 'odd', load: async () => provider }] });
});
afterAll(async () => {
  await mock.close();
  await rm(folder, { recursive: true, force: true });
});

const ask = (path: string, init: RequestInit = {}) => fetch(`${mock.url}/odd${path}`, init);
const post = (path: string, value: unknown) =>
  ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) });

describe('a media type without a schema', () => {
  it.each([
    ['/none', {}],
    ['/example', { a: 1 }],
    ['/examples', { a: 1 }],
  ])('GET %s has a response', async (path, want) => {
    for (const prefer of [undefined, 'dynamic=true']) {
      const answer = await ask(path, prefer ? { headers: { prefer } } : {});
      expect(answer.status).toBe(200);
      if (!prefer) expect(await answer.json()).toEqual(want);
    }
  });

  it('accepts any body', async () => {
    expect((await post('/take', { anything: [1] })).status).toBe(204);
  });

  it('an empty schema gives a value without traces of a generator', async () => {
    const answer = await ask('/empty', { headers: { prefer: 'dynamic=true' } });
    expect(await answer.text()).not.toMatch(/\$schema|x-stoplight/);
  });
});

describe('the mock validates multipart bodies', () => {
  const send = (entries: Record<string, string | Blob>) => {
    const data = new FormData();
    for (const [name, value] of Object.entries(entries)) data.append(name, value);
    return ask('/form', { method: 'POST', body: data });
  };
  it.each<[string, Record<string, string | Blob>, number]>([
    ['valid parts', { name: 'ab' }, 204],
    ['a file', { name: 'ab', file: new Blob(['x']) }, 204],
    ['a number', { name: 'ab', n: '5' }, 204],
    ['a missing required part', { zz: 'a' }, 400],
    ['a text that is too short', { name: 'a' }, 400],
    ['a text in place of a number', { name: 'ab', n: 'x' }, 400],
  ])('%s: %j', async (_, entries, status) => {
    expect((await send(entries)).status).toBe(status);
  });

  it('a malformed body is rejected', async () => {
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    expect((await ask('/form', { method: 'POST', headers, body: 'no part' })).status).toBe(400);
  });
});

describe('readOnly and writeOnly properties', () => {
  it.each([
    [{ name: 'n', password: 'p' }, 200],
    [{ id: 'i', name: 'n', password: 'p' }, 200],
    [{ name: 'n' }, 400],
  ])('a request with %j gets %d', async (value, status) => {
    expect((await post('/users', value)).status).toBe(status);
  });

  it.each(['', 'dynamic=true'])('a response omits writeOnly properties (%s)', async (prefer) => {
    const answer = await ask('/users', {
      method: 'POST',
      headers: { 'content-type': 'application/json', prefer },
      body: JSON.stringify({ name: 'n', password: 'p' }),
    });
    expect(Object.keys((await answer.json()) as object)).toEqual(['id', 'name']);
  });
});

it.each(['', 'dynamic=true'])('a schema with multiplying references gets a small response (%s)', async (prefer) => {
  const answer = await ask('/fan', { headers: { prefer } });
  expect(answer.status).toBe(200);
  expect((await answer.text()).length).toBeLessThan(100_000);
});

it('headers are sent as declared, and generated where there is no example', async () => {
  const { headers } = await ask('/headers');
  expect(Number(headers.get('x-count'))).toBeGreaterThanOrEqual(7);
  expect(headers.get('x-shown')).toBe('shown');
  expect(Number(headers.get('x-named'))).toBeGreaterThanOrEqual(3);
});

describe('Accept (RFC 9110, section 12.5.1)', () => {
  it.each([
    [undefined, 'application/json'],
    ['*/*', 'application/json'],
    ['text/plain;q=0.5, application/json;q=0.1', 'text/plain'],
    ['application/json;q=0.1, text/plain;q=0.5', 'text/plain'],
    ['text/csv, text/plain', 'text/csv'],
    ['text/*, application/json;q=0.9', 'text/plain'],
    ['text/*;q=0.2, text/csv', 'text/csv'],
    ['text/plain;q=0, */*', 'application/json'],
    ['text/event-stream', 'text/event-stream'],
    ['image/png, text/csv;q=0.1', 'text/csv'],
    ['image/png', 'application/json'],
  ])('%s gets a response in %s', async (accept, want) => {
    const answer = await ask('/many', accept ? { headers: { accept } } : {});
    expect(answer.headers.get('content-type')).toMatch(new RegExp(`^${want}`));
    if (want === 'text/event-stream') expect(await answer.text()).toMatch(/^data: .+\n\n$/);
  });
});
