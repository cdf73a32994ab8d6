import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { providerOf } from './provider-of.ts';
import { type Started, startGateway } from './support.ts';

const NAMES = [
  'Content-Length',
  'Content-Encoding',
  'Transfer-Encoding',
  'Connection',
  'Keep-Alive',
  'Date',
  'Content-Type',
];
const text = { schema: { type: 'string' } };
const pathOf = (name: string) => `/${name.toLowerCase()}`;

const versions = (schemaOf: (version: number) => object) => ({
  'application/json; version=1': schemaOf(1),
  'application/json; version=2': schemaOf(2),
});

const document = {
  openapi: '3.1.0',
  info: { title: 'Files', version: '1.0.0' },
  servers: [{ url: 'https://files.example' }],
  paths: {
    ...Object.fromEntries(
      NAMES.map((name) => [
        pathOf(name),
        {
          get: {
            operationId: `get${name.replace('-', '')}`,
            responses: {
              200: {
                description: 'A text.',
                headers: { [name]: { required: true, schema: { type: 'string', example: '3' } }, 'X-Own': text },
                content: { 'application/json': { ...text, example: 'a long text' } },
              },
            },
          },
        },
      ]),
    ),
    '/cookies': {
      get: {
        operationId: 'getCookies',
        responses: {
          204: {
            description: 'Set.',
            headers: {
              'Set-Cookie': { schema: { type: 'array', items: { type: 'string' } }, example: ['a=1; Path=/', 'b=2'] },
              'X-List': { schema: { type: 'array', items: { type: 'integer' } }, example: [1, 2] },
            },
          },
        },
      },
    },
    '/versions': {
      post: {
        operationId: 'postVersion',
        requestBody: {
          required: true,
          content: versions((version) => ({ schema: { type: 'object', required: [`v${version}`] } })),
        },
        responses: { 200: { description: 'A version.', content: versions((version) => ({ example: { version } })) } },
      },
    },
    '/large': {
      post: {
        operationId: 'postLarge',
        requestBody: { content: { 'application/json': text } },
        responses: { 204: { description: 'Read.' } },
      },
    },
  },
};

let mock: Started;
beforeAll(async () => {
  const provider = await providerOf(document, 'files');
  mock = await startGateway({ providers: [{ name: 'files', load: async () => provider }] });
});
afterAll(() => mock.close());

const send = (path: string, init: RequestInit = {}) => fetch(`${mock.url}/files${path}`, init);
const post = (path: string, body: string, type: string, accept = '*/*') =>
  send(path, { method: 'POST', headers: { 'content-type': type, accept }, body });

describe('declared headers of the transfer do not change the body', () => {
  it.each(NAMES)('%s', async (name) => {
    const response = await send(pathOf(name));
    expect(await response.json()).toBe('a long text');
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers.get('content-encoding')).toBeNull();
    expect(response.headers.get('x-own')).toEqual(expect.any(String));
  });
});

it('a list of cookies is one header for each', async () => {
  const { headers } = await send('/cookies');
  expect(headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2']);
  expect(headers.get('x-list')).toBe('1,2');
});

describe('versions of a media type', () => {
  it.each<readonly [string, number]>([
    ['application/json; version=1', 1],
    ['application/json;version=2', 2],
    ['application/json; Version="2"', 2],
    ['application/json; version=1; q=0.5, application/json; version=2', 2],
    ['application/json', 1],
    ['*/*', 1],
    ['application/json; version=3', 1],
  ])('Accept: %s', async (accept, version) => {
    const response = await post('/versions', '{"v1":1}', 'application/json; version=1', accept);
    expect(await response.json()).toEqual({ version });
  });

  it.each<readonly [string, string, number]>([
    ['application/json; version=1', '{"v1":1}', 200],
    ['application/json; version=1', '{"v2":1}', 400],
    ['application/json; version=2', '{"v2":1}', 200],
    ['application/json;charset=utf-8;version=2', '{"v2":1}', 200],
    ['application/json; version=2', '{"v1":1}', 400],
    ['application/json', '{"v1":1}', 200],
  ])('Content-Type: %s with %s', async (type, body, status) => {
    expect((await post('/versions', body, type)).status).toBe(status);
  });
});

it('accepts 10 MB of JSON', async () => {
  expect((await post('/large', JSON.stringify('x'.repeat(10_000_000)), 'application/json')).status).toBe(204);
});
