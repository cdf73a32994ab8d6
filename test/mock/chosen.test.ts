import { afterEach, describe, expect, it } from 'vitest';
import type { GatewayOptions } from '../../runtime/mock/index.ts';
import { providerOf } from './provider-of.ts';
import { type Started, startGateway } from './support.ts';

const shown = (...names: readonly string[]) => ({
  description: 'A response.',
  content: {
    'application/json': {
      schema: { type: 'object', required: ['of'], properties: { of: { const: 'schema' } } },
      examples: Object.fromEntries(names.map((name) => [name, { value: { of: name } }])),
    },
  },
});
const document = {
  openapi: '3.1.0',
  info: { title: 'Pets', version: '1.0.0' },
  servers: [{ url: 'https://pets.example' }],
  paths: {
    '/pets': {
      post: {
        operationId: 'addPet',
        parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer' } }],
        requestBody: { content: { 'application/json': { schema: { type: 'object', required: ['name'] } } } },
        responses: { 201: shown('first', 'second'), 404: shown('gone'), 422: shown('wrong') },
      },
    },
  },
};

let mock: Started;
afterEach(() => mock.close());

async function send(query: string, options: Partial<GatewayOptions> = {}, init: RequestInit = {}) {
  const provider = await providerOf(document);
  mock = await startGateway({ providers: [{ name: 'pets', load: async () => provider }], ...options });
  const headers = { 'content-type': 'application/json', ...init.headers };
  const response = await fetch(`${mock.url}/pets/pets${query}`, {
    method: 'POST',
    body: '{"name":"a"}',
    ...init,
    headers,
  });
  return [response.status, ((await response.json()) as { of?: string }).of] as const;
}

describe('a query selects the response, for callers that cannot set a header', () => {
  it.each<readonly [string, RequestInit, number, string | undefined]>([
    ['', {}, 201, 'first'],
    ['?__code=404', {}, 404, 'gone'],
    ['?limit=3&__example=second', {}, 201, 'second'],
    ['?__dynamic=true', {}, 201, 'schema'],
    ['?__dynamic=false', {}, 201, 'first'],
    ['?__code=404', { headers: { prefer: 'code=201' } }, 201, 'first'],
    ['?__code=404', { headers: { prefer: 'example=second' } }, 404, undefined],
    ['?__code=418', {}, 404, undefined],
    ['?__code=201', { body: '{}' }, 422, 'wrong'],
  ])('%s %j', async (query, init, ...want) => {
    expect(await send(query, {}, init)).toEqual(want);
  });
});

describe('without validation', () => {
  it.each<readonly [string, string, number, string | undefined]>([
    ['', '{}', 201, 'first'],
    ['?limit=x', '{"name":"a"}', 201, 'first'],
    ['', '[]', 201, 'first'],
    ['', '{', 422, 'wrong'],
  ])('POST %s %s', async (query, body, ...want) => {
    expect(await send(query, { validate: false }, { body })).toEqual(want);
  });
});
