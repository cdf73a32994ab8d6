import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGateway, type Gateway, type MockProvider, noShelf } from '@countersign/runtime/mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { openShelf } from '../../scripts/commands/mock/shelf.ts';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { providerOf } from './provider-of.ts';
import { issuesOf } from './support.ts';

const json = (schema: object, more: object = {}) => ({
  description: 'ok',
  content: { 'application/json': { schema, ...more } },
});
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const path = (name: string, schema: object = { type: 'integer' }) => ({ name, in: 'path', required: true, schema });
const query = (name: string, schema: object = { type: 'integer' }) => ({ name, in: 'query', schema });
const body = (schema: object) => ({ required: true, content: { 'application/json': { schema } } });
const failure = {
  ...json({ type: 'object', required: ['why'], properties: { why: { type: 'string' } } }),
  description: 'no',
};

const PETS = {
  openapi: '3.1.0',
  info: { title: 'Pets', version: '1' },
  servers: [{ url: 'http://127.0.0.1:9' }],
  paths: {
    '/pets': {
      post: { operationId: 'createPet', requestBody: body(ref('NewPet')), responses: { 201: json(ref('Pet')) } },
      get: {
        operationId: 'listPets',
        parameters: [query('limit'), query('offset'), query('kind', { type: 'string' })],
        responses: {
          200: json({
            type: 'object',
            required: ['items', 'total'],
            properties: { items: { type: 'array', items: ref('Pet') }, total: { type: 'integer' } },
          }),
        },
      },
    },
    '/pets/{petId}': {
      parameters: [path('petId')],
      get: { operationId: 'getPet', responses: { 200: json(ref('Pet')), 404: failure } },
      put: {
        operationId: 'putPet',
        requestBody: body(ref('NewPet')),
        responses: { 200: json(ref('Pet')), 404: failure },
      },
      patch: {
        operationId: 'patchPet',
        requestBody: body({ type: 'object' }),
        responses: { 200: json(ref('Pet')), 404: failure },
      },
      delete: { operationId: 'deletePet', responses: { 204: { description: 'gone' }, 404: failure } },
    },
    '/pets/{petId}/visits': {
      parameters: [path('petId')],
      post: { operationId: 'createVisit', requestBody: body(ref('Visit')), responses: { 201: json(ref('Visit')) } },
      get: { operationId: 'listVisits', responses: { 200: json({ type: 'array', items: ref('Visit') }) } },
    },
    '/pets/{petId}/visits/{visit_id}': {
      get: {
        operationId: 'getVisit',
        parameters: [path('petId'), path('visit_id', { type: 'string' })],
        responses: { 200: json(ref('Visit')), 404: failure },
      },
    },
    '/users': {
      post: {
        operationId: 'createUser',
        requestBody: body(ref('User')),
        responses: {
          201: json({ type: 'object', required: ['data'], properties: { data: ref('User') } }),
          409: failure,
        },
      },
    },
    '/users/{username}': {
      get: {
        operationId: 'getUser',
        parameters: [path('username', { type: 'string' })],
        responses: {
          200: json({ type: 'object', required: ['data'], properties: { data: ref('User') } }),
          404: failure,
        },
      },
    },
    '/guests/register': {
      post: {
        operationId: 'register',
        'x-cs-mock': { action: 'create', collection: '/guests', id: 'guestNo' },
        requestBody: body(ref('Guest')),
        responses: { 200: json(ref('Guest')) },
      },
    },
    '/guest': {
      get: {
        operationId: 'findGuest',
        'x-cs-mock': { action: 'read', collection: '/guests', parameter: 'no', id: 'guestNo' },
        parameters: [query('no')],
        responses: { 200: json(ref('Guest')), 404: failure },
      },
    },
    '/status': {
      get: {
        operationId: 'status',
        responses: {
          200: json({ type: 'object', properties: { up: { type: 'boolean' } } }, { example: { up: true } }),
        },
      },
    },
    '/frozen': {
      post: {
        operationId: 'createFrozen',
        'x-cs-mock': false,
        responses: { 201: json(ref('Pet'), { example: { id: 77, name: 'ice' } }) },
      },
      get: {
        operationId: 'listFrozen',
        responses: { 200: json({ type: 'array', items: ref('Pet') }, { example: [{ id: 77, name: 'ice' }] }) },
      },
    },
  },
  components: {
    schemas: {
      Pet: {
        type: 'object',
        required: ['id', 'name'],
        additionalProperties: false,
        properties: {
          id: { type: 'integer', readOnly: true },
          name: { type: 'string' },
          kind: { type: 'string' },
          born: { type: 'string', format: 'date', readOnly: true },
        },
      },
      NewPet: {
        type: 'object',
        required: ['name'],
        properties: { name: { type: 'string' }, kind: { type: 'string' }, password: { type: 'string' } },
      },
      Visit: {
        type: 'object',
        properties: { visit_id: { type: 'string', format: 'uuid', readOnly: true }, reason: { type: 'string' } },
        required: ['visit_id', 'reason'],
      },
      User: {
        type: 'object',
        required: ['username'],
        properties: { username: { type: 'string' }, password: { type: 'string', writeOnly: true } },
      },
      Guest: {
        type: 'object',
        required: ['guestNo', 'name'],
        properties: { guestNo: { type: 'integer', readOnly: true }, name: { type: 'string' } },
      },
    },
  },
};

const provider: MockProvider = await providerOf(PETS);
let gateway: Gateway;
beforeEach(() => {
  gateway = createGateway({ providers: [{ name: 'pets', load: async () => provider }], atRoot: true, shelf: noShelf });
});

async function ask(method: string, target: string, sent?: unknown, headers: Record<string, string> = {}) {
  const response = await gateway.fetch(
    new Request(`http://127.0.0.1${target}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(sent !== undefined && { body: JSON.stringify(sent) }),
    }),
  );
  const text = await response.text();
  const body: unknown = text === '' ? undefined : JSON.parse(text);
  return { status: response.status, body };
}

describe('a contract without logic keeps state by its paths and ids', () => {
  it('creates, reads, lists, changes and deletes', async () => {
    expect(await ask('GET', '/pets')).toMatchObject({ status: 200, body: { items: [], total: 0 } });
    const first = await ask('POST', '/pets', { name: 'Ada', kind: 'cat' });
    expect(first).toMatchObject({ status: 201, body: { id: 1, name: 'Ada', kind: 'cat' } });
    expect(await ask('POST', '/pets', { name: 'Bob' })).toMatchObject({ body: { id: 2, name: 'Bob' } });
    expect(await ask('GET', '/pets/1')).toEqual({ status: 200, body: first.body });
    expect(await ask('PATCH', '/pets/1', { name: 'Ida' })).toMatchObject({ body: { id: 1, name: 'Ida', kind: 'cat' } });
    expect(await ask('PUT', '/pets/1', { name: 'Eda' })).toMatchObject({ status: 200, body: { id: 1, name: 'Eda' } });
    expect((await ask('GET', '/pets/1')).body).not.toHaveProperty('kind');
    expect(await ask('GET', '/pets')).toMatchObject({ body: { total: 2, items: [{ id: 1 }, { id: 2 }] } });
    expect(await ask('DELETE', '/pets/1')).toEqual({ status: 204, body: undefined });
    expect(await ask('GET', '/pets/1')).toMatchObject({ status: 404, body: { why: expect.any(String) } });
    expect((await ask('DELETE', '/pets/1')).status).toBe(404);
    expect((await ask('PUT', '/pets/1', { name: 'x' })).status).toBe(404);
    expect(await ask('POST', '/pets', { name: 'Cid' })).toMatchObject({ body: { id: 3 } });
  });

  it('pages and filters lists', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e'])
      await ask('POST', '/pets', { name, kind: name < 'c' ? 'cat' : 'dog' });
    const names = async (search: string) => {
      const { items, total } = (await ask('GET', `/pets${search}`)).body as {
        items: { name: string }[];
        total: number;
      };
      return `${items.map(({ name }) => name).join('')} of ${total}`;
    };
    expect(await names('?limit=2')).toBe('ab of 5');
    expect(await names('?limit=2&offset=3')).toBe('de of 5');
    expect(await names('?kind=dog&limit=2')).toBe('cd of 3');
    expect(await names('?offset=9')).toBe(' of 5');
  });

  it('keeps the children of an item separate, and deletes them with the item', async () => {
    await ask('POST', '/pets', { name: 'Ada' });
    await ask('POST', '/pets', { name: 'Bob' });
    const visit = (await ask('POST', '/pets/1/visits', { reason: 'cough' })).body as { visit_id: string };
    expect(visit.visit_id).toMatch(/^[0-9a-f-]{36}$/);
    expect(await ask('GET', `/pets/1/visits/${visit.visit_id}`)).toMatchObject({ body: visit });
    expect((await ask('GET', `/pets/2/visits/${visit.visit_id}`)).status).toBe(404);
    expect((await ask('GET', '/pets/2/visits')).body).toEqual([]);
    await ask('DELETE', '/pets/1');
    expect((await ask('GET', '/pets/1/visits')).body).toEqual([]);
  });

  it('accepts an id from the caller, in an envelope, and returns no writeOnly property', async () => {
    const made = await ask('POST', '/users', { username: 'ada', password: 'secret-1' });
    expect(made).toMatchObject({ status: 201, body: { data: { username: 'ada' } } });
    expect(JSON.stringify(await ask('GET', '/users/ada'))).not.toContain('secret-1');
    expect((await ask('GET', '/users/bob')).status).toBe(404);
    expect((await ask('POST', '/users', { username: 'ada' })).status).toBe(409);
  });

  it('follows x-cs-mock', async () => {
    const { guestNo } = (await ask('POST', '/guests/register', { name: 'Ada' })).body as { guestNo: number };
    expect(await ask('GET', `/guest?no=${guestNo}`)).toMatchObject({ status: 200, body: { guestNo, name: 'Ada' } });
    expect((await ask('GET', '/guest?no=99')).status).toBe(404);
    expect((await ask('POST', '/frozen')).body).toEqual({ id: 77, name: 'ice' });
    expect((await ask('GET', '/frozen')).body).toEqual([{ id: 77, name: 'ice' }]);
  });

  it('sends examples for other operations, and for requested responses', async () => {
    expect((await ask('GET', '/status')).body).toEqual({ up: true });
    expect((await ask('GET', '/pets/1', undefined, { prefer: 'code=200' })).status).toBe(200);
    expect((await ask('POST', '/pets', {})).status).toBe(400);
  });

  it('omits properties that the response schema does not allow', async () => {
    const { body: made } = await ask('POST', '/pets', { name: 'Ada', password: 'hidden' });
    const operation = provider.operations.find(({ descriptor }) => descriptor.id === 'createPet');
    const validator = operation?.validators.responses['201']?.['application/json'];
    expect(validator && (await issuesOf(validator, made))).toEqual([]);
    expect(made).not.toHaveProperty('password');
  });

  it('resets, with seeds', async () => {
    await ask('POST', '/pets', { name: 'Ada' });
    expect((await ask('POST', '/__mock/reset')).status).toBe(204);
    expect((await ask('GET', '/pets')).body).toMatchObject({ total: 0 });
    const seed = { '/pets': [{ id: 40, name: 'Zoe' }] };
    expect((await ask('POST', '/__mock/reset', { provider: 'pets', seed })).status).toBe(204);
    expect((await ask('GET', '/pets/40')).body).toMatchObject({ name: 'Zoe' });
    expect(((await ask('POST', '/pets', { name: 'New' })).body as { id: number }).id).not.toBe(40);
    expect(await ask('POST', '/__mock/reset', { provider: 'nobody' })).toMatchObject({ status: 400 });
    expect(await ask('POST', '/__mock/reset', { seed })).toMatchObject({ status: 400 });
    expect((await ask('POST', '/__mock/reset', {}, { origin: 'http://evil.test' })).status).toBe(403);
    expect((await ask('GET', '/__mock/resources')).body).toMatchObject({ pets: { kept: { '/pets': 2 } } });
  });

  it('responds with 404 for a missing item, whether the contract declares it or not', async () => {
    const item = {
      type: 'object',
      required: ['id'],
      properties: { id: { type: 'string' }, size: { type: 'integer' } },
    };
    const one = (operationId: string, more: object) => ({ operationId, responses: { 200: json(item) }, ...more });
    const bare = await providerOf(
      {
        openapi: '3.1.0',
        info: { title: 'Bare', version: '1' },
        paths: {
          '/boxes/{id}': {
            parameters: [path('id', { type: 'string' })],
            get: one('getBox', {}),
            put: one('putBox', { requestBody: body(item) }),
          },
          '/bags': { post: one('addBag', { requestBody: body(item) }) },
          '/bags/{id}': { parameters: [path('id', { type: 'string' })], delete: one('removeBag', {}) },
        },
      },
      'pets',
    );
    gateway = createGateway({ providers: [{ name: 'pets', load: async () => bare }], atRoot: true, shelf: noShelf });
    expect(await ask('GET', '/boxes/a')).toMatchObject({ status: 404, body: { title: 'Not found' } });
    expect(await ask('DELETE', '/bags/a')).toMatchObject({ status: 404 });
    // No other operation creates an item of the collection.
    expect((await ask('PUT', '/boxes/a', { id: 'a', size: 1 })).status).toBe(200);
    expect((await ask('GET', '/boxes/a')).body).toEqual({ id: 'a', size: 1 });
    expect((await ask('POST', '/bags', { id: 'b' })).status).toBe(200);
    expect(await ask('POST', '/bags', { id: 'b' })).toMatchObject({ status: 409, body: { title: 'Conflict' } });
  });

  it('generates a seed item from the schema if the contract has no example', async () => {
    expect((await ask('POST', '/__mock/reset', { provider: 'pets', seed: 'examples' })).status).toBe(204);
    expect((await ask('GET', '/pets')).body).toMatchObject({ total: 1 });
  });

  it('is kept between runs', async () => {
    const root = await mkdtemp(join(tmpdir(), 'countersign-shelf-'));
    const shelf = openShelf(openWorkspace(root));
    const open = () =>
      createGateway({ providers: [{ name: 'pets', load: async () => provider }], atRoot: true, shelf });
    gateway = open();
    await ask('POST', '/pets', { name: 'Ada' });
    await new Promise((resolve) => setTimeout(resolve, 200));
    gateway = open();
    expect((await ask('GET', '/pets/1')).body).toMatchObject({ name: 'Ada' });
    await rm(root, { recursive: true, force: true });
  });
});
