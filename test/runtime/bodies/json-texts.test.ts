import { afterAll, describe, expect, test } from 'vitest';
import { matchMediaType } from '../../../runtime/contract/index.ts';
import { serve } from '../client/serve.ts';
import { packageOf, removePackages, taking } from './packages.ts';

const object = {
  type: 'object',
  required: ['n'],
  properties: { n: { type: 'integer' }, pin: { type: 'string', writeOnly: true } },
};
const types = (schema: object, ...names: string[]) => Object.fromEntries(names.map((name) => [name, { schema }]));
/** As ASP.NET declares every response. */
const ASP = ['text/plain', 'application/json', 'text/json'];

const CONTENTS: Readonly<Record<string, object>> = {
  item: types(object, ...ASP),
  list: types({ type: 'array', items: object }, ...ASP),
  text: types({ type: 'string' }, ...ASP),
  count: types({ type: 'integer' }, ...ASP),
  textJson: types(object, 'text/json'),
  plain: types(object, 'text/plain'),
  plainList: types({ type: 'array', items: object }, 'text/plain; charset=utf-8'),
  csv: types(object, 'text/csv'),
};
const getting = Object.entries(CONTENTS).map(([name, content]) => {
  const get = { operationId: name, responses: { '200': { description: 'ok', content } } };
  return [`/${name}`, { get }] as const;
});
const asp = types(object, 'application/json', 'text/json', 'application/*+json');
const made = await packageOf({ ...Object.fromEntries(getting), '/put': taking('put', asp) });
afterAll(removePackages);

const one = { n: 1 };
/** [operation, the peer's media type, its body, what the caller receives] */
const RECEIVED: readonly (readonly [operation: string, type: string, body: string, data: unknown])[] = [
  ['item', 'application/json; charset=utf-8', '{"n":1}', one],
  ['item', 'text/json; charset=utf-8', '{"n":1}', one],
  ['item', 'text/plain; charset=utf-8', '{"n":1}', one],
  ['list', 'text/plain', '[{"n":1}]', [one]],
  ['list', 'text/json', '[]', []],
  ['text', 'text/plain', '{"n":1}', '{"n":1}'],
  ['text', 'text/json', '"a"', 'a'],
  ['count', 'text/plain', '5', 5],
  ['textJson', 'text/json', '{"n":1}', one],
  ['textJson', 'application/json', '{"n":1}', one],
  ['plain', 'text/plain', '{"n":1}', one],
  ['plain', 'application/json', '{"n":1}', one],
  ['plainList', 'text/plain', '[{"n":1}]', [one]],
  ['csv', 'text/csv', 'n\n1', 'n\n1'],
];

describe('a client', () => {
  test.each(RECEIVED)('parses %s from %s: %s', async (operation, type, body, want) => {
    const peer = await serve((_, answer) => void answer.writeHead(200, { 'content-type': type }).end(body));
    const result = await made.client(peer.url)[operation]?.();
    await peer.close();
    expect([result?.error?.message, result?.data]).toEqual([undefined, want]);
  });

  test.each([
    ['item', '{"n":"a"}'],
    ['plain', '{"n":"a"}'],
    ['plain', 'not JSON'],
    ['plainList', '{"n":1}'],
  ])('reports plain text that does not match the schema: %s %s', async (operation, body) => {
    const peer = await serve((_, answer) => void answer.writeHead(200, { 'content-type': 'text/plain' }).end(body));
    const result = await made.client(peer.url, { validation: { responses: 'throw' } })[operation]?.();
    await peer.close();
    expect(result?.error?.kind).toBe('validation');
  });
});

describe('a server', () => {
  test.each([
    ['item', { n: 1, pin: 'x' }, 'text/json', 'text/json; charset=utf-8', '{"n":1}'],
    ['item', { n: 1, pin: 'x' }, 'text/plain', 'application/json', '{"n":1}'],
    ['plain', { n: 1, pin: 'x' }, '*/*', 'text/plain; charset=utf-8', '{"n":1}'],
    ['plainList', [{ n: 1, pin: 'x' }], '*/*', 'text/plain; charset=utf-8', '[{"n":1}]'],
    ['text', 'a', 'text/plain', 'text/plain; charset=utf-8', 'a'],
    ['textJson', { n: 1, pin: 'x' }, '*/*', 'text/json; charset=utf-8', '{"n":1}'],
  ])('writes %s %j for %s', async (operation, data, accept, type, body) => {
    await made.serving({ [operation]: () => ({ data }) }, async (url, logged) => {
      const response = await fetch(`${url}/${operation}`, { headers: { accept } });
      const sent = [response.status, response.headers.get('content-type'), await response.text()];
      expect([sent, logged]).toEqual([[200, type, body], []]);
    });
  });

  test.each(['application/json', 'text/json', 'text/json; charset=utf-8', 'application/merge-patch+json'])(
    'parses %s as JSON',
    async (type) => {
      const init = { method: 'POST', headers: { 'content-type': type }, body: '{"n":1}' };
      expect(await made.read('put', '/put', init)).toEqual(one);
    },
  );

  test.each([
    ['text/xml', ['application/*+json'], undefined],
    ['application/xml', ['application/*+json'], undefined],
    ['application/a+xml', ['application/*+json'], undefined],
    ['application/a+json', ['application/*', 'application/*+json'], 'application/*+json'],
    ['application/a+json', ['application/a+json', 'application/*+json'], 'application/a+json'],
  ])('finds the type of %s among %j', (type, declared, want) => expect(matchMediaType(type, declared)).toBe(want));
});
