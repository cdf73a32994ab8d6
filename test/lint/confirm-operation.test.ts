import { expect, test } from 'vitest';
import { diagnosticsOf } from './documents.ts';

const properties = (...names: string[]) => ({
  type: 'object',
  properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
});
const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const confirm = {
  operation: 'list',
  input: { '/query/player': '/body/player' },
  fixed: { '/query/limit': 100 },
  since: '/query/since',
  rows: '/rows',
  match: { '/coin': '/body/coin' },
  except: { '/type': 2 },
  time: '/at',
  id: '/id',
  within: 30_000,
};
const query = (name: string) => ({ name, in: 'query', schema: { type: 'string' } });
const operation = (operationId: string, more: object) => ({ operationId, summary: 'Does it', security: [], ...more });

const documentOf = (change: object, list: object = {}) => ({
  openapi: '3.1.0',
  info: { title: 'T', version: '1', license: { name: 'P', identifier: 'MIT' } },
  servers: [{ url: 'https://api.test' }],
  paths: {
    '/transfer': {
      post: operation('transfer', {
        'x-cs-retry': { confirm: { ...confirm, ...change } },
        requestBody: json(properties('player', 'coin')),
        responses: { 200: { description: 'Ok', ...json(properties('id')) }, 400: { description: 'No' } },
      }),
    },
    '/list': {
      get: operation('list', {
        parameters: ['player', 'limit', 'since'].map(query),
        responses: {
          200: {
            description: 'Ok',
            ...json({
              type: 'object',
              properties: { rows: { type: 'array', items: properties('coin', 'type', 'at', 'id') } },
            }),
          },
          400: { description: 'No' },
        },
        ...list,
      }),
    },
  },
});

test.each<[string, object, object, readonly string[]]>([
  ['no error for a complete recipe', {}, {}, []],
  ['an operation that does not exist', { operation: 'lists' }, {}, ['operation']],
  ['the call itself', { operation: 'transfer' }, {}, ['operation']],
  ['an operation that is not read-only', {}, { 'x-cs-retry': 'never' }, ['operation']],
  ['a parameter that does not exist', { input: { '/query/user': '/body/player' } }, {}, ['input/~1query~1user']],
  [
    'a request property that does not exist',
    { input: { '/query/player': '/body/user' } },
    {},
    ['input/~1query~1player'],
  ],
  ['a header in place of a query parameter', { since: '/headers/since' }, {}, ['since']],
  ['a fixed value for a parameter that does not exist', { fixed: { '/body/limit': 1 } }, {}, ['fixed/~1body~1limit']],
  ['a pointer to other rows', { rows: '/data' }, {}, ['rows', 'match/~1coin', 'except/~1type', 'time', 'id']],
  ['a property that the row lacks', { match: { '/coins': '/body/coin' } }, {}, ['match/~1coins']],
  ['a property that the request lacks', { match: { '/coin': '/body/coins' } }, {}, ['match/~1coin']],
  ['a row without a time', { time: '/time' }, {}, ['time']],
  ['a row without an id', { id: '/key' }, {}, ['id']],
])('%s', async (_, change, list, want) => {
  const found = await diagnosticsOf(JSON.stringify(documentOf(change, list)), 'openapi.json', 'essential');
  const told = found.filter(({ code }) => code === 'confirm-operation').map(({ pointer }) => pointer);
  expect(told).toEqual(want.map((at) => `/paths/~1transfer/post/x-cs-retry/confirm/${at}`));
});

test.each<[string, object]>([
  ['a pointer into the body without a property', { match: { '/coin': '/coin' } }],
  ['a missing time limit', { within: undefined }],
  ['an unknown field', { retries: 3 }],
  ['a missing match', { match: {} }],
])('the schema rejects %s', async (_, change) => {
  const found = await diagnosticsOf(JSON.stringify(documentOf(change)), 'openapi.json', 'essential');
  expect(found.map(({ code }) => code)).toContain('x-cs-schema');
});
