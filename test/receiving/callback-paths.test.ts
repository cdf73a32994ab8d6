import { fireEvents } from '@countersign/runtime/mock/fire';
import { listen } from '@countersign/runtime/server/node';
import { describe, expect, test } from 'vitest';
import { documentOf, type Json, operation, problemsIn, providerOf, serverOf } from './support.ts';

const parameter = (name: string, type = 'string'): Json => ({
  name,
  in: 'path',
  required: true,
  description: 'd',
  schema: { type },
  example: type === 'string' ? 'a1' : 7,
});
const path = (...names: string[]): Json => ({ parameters: names.map((name) => parameter(name)) });
const own = (more: Json = {}): Json => ({ post: operation('called', { security: [], ...more }) });

const withCallback = (key: string, item: Json, components: Json = {}): Json =>
  documentOf({
    paths: {
      '/subscriptions': { post: operation('subscribe', { security: [], callbacks: { paid: { [key]: item } } }) },
    },
    components,
  });
const withWebhook = (name: string, item: Json): Json => documentOf({ paths: {}, webhooks: { [name]: item } });

/** [document, route, the request of a provider, the path parameters that the handler gets] */
type Row = readonly [name: string, document: Json, route: string, sent: string, got: Json];
const shared = { parameters: { Id: parameter('id') } };
const ref = { parameters: [{ $ref: '#/components/parameters/Id' }] };
const URL_KEY = '{$request.body#/url}';
const rows: readonly Row[] = [
  ['item', withCallback(`${URL_KEY}/{id}`, { ...path('id'), ...own() }), '/paid/{id}', '/paid/a1', { id: 'a1' }],
  ['operation', withCallback(`${URL_KEY}/{id}`, own(path('id'))), '/paid/{id}', '/paid/a1', { id: 'a1' }],
  ['reference', withCallback(`${URL_KEY}/{id}`, own(ref), shared), '/paid/{id}', '/paid/a1', { id: 'a1' }],
  [
    'behind a query expression',
    withCallback('{$request.query.cb}/items/{id}', own(path('id'))),
    '/paid/items/{id}',
    '/paid/items/a1',
    { id: 'a1' },
  ],
  [
    'two',
    withCallback(`${URL_KEY}/{a}/of/{b}`, { ...path('a'), ...own(path('b')) }),
    '/paid/{a}/of/{b}',
    '/paid/1/of/2',
    { a: '1', b: '2' },
  ],
  [
    'an integer',
    withCallback(`${URL_KEY}/{id}`, own({ parameters: [parameter('id', 'integer')] })),
    '/paid/{id}',
    '/paid/7',
    { id: 7 },
  ],
  [
    'with a query',
    withCallback(`${URL_KEY}/{id}?state={$request.query.state}`, own(path('id'))),
    '/paid/{id}',
    '/paid/a1?state=x',
    { id: 'a1' },
  ],
  [
    'a fixed URL',
    withCallback('https://receiver.test/hooks/{id}', own(path('id'))),
    '/paid/hooks/{id}',
    '/paid/hooks/a1',
    { id: 'a1' },
  ],
  ['without a slash', withCallback(`${URL_KEY}{id}`, own(path('id'))), '/paid/{id}', '/paid/a1', { id: 'a1' }],
  [
    'a name with a dollar sign',
    withCallback(`${URL_KEY}/{$id}`, own(path('$id'))),
    '/paid/{$id}',
    '/paid/a1',
    { $id: 'a1' },
  ],
  [
    'beside another expression',
    withCallback(`${URL_KEY}/{$request.body#/tenant}/{id}`, own(path('id'))),
    '/paid/{value1}/{id}',
    '/paid/t/a1',
    { id: 'a1' },
  ],
  [
    'part of a segment',
    withCallback(`${URL_KEY}/item-{id}.json`, own(path('id'))),
    '/paid/item-{id}.json',
    '/paid/item-a1.json',
    { id: 'a1' },
  ],
  ['a webhook', withWebhook('order/{id}', own(path('id'))), '/order/{id}', '/order/a1', { id: 'a1' }],
];

describe('path parameters of callbacks', () => {
  test.each(rows)('are of the route: %s', async (_, document, route, sent, got) => {
    const provider = await providerOf(document);
    const received = provider.operations.find(({ descriptor }) => descriptor.webhook);
    expect(received?.descriptor.path).toBe(route);
    const read: unknown[] = [];
    const handler = ({ path }: { readonly path: unknown }) => read.push(path) > 0 && { data: { ok: true } };
    const on = await listen(serverOf(provider, { handlers: { called: handler } }));
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };
    const { status } = await fetch(on.url + sent, init);
    const other = await fetch(`${on.url}/elsewhere`, init);
    await on.close();
    expect([status, read, other.status]).toEqual([200, [got], 404]);
  });

  test.each(rows)('are added to the URL of the receiver: %s', async (_, document, route) => {
    const provider = await providerOf(document);
    const read: unknown[] = [];
    const handler = ({ path }: { readonly path: unknown }) => read.push(path) > 0 && { data: { ok: true } };
    const on = await listen(serverOf(provider, { handlers: { called: handler } }));
    // The URLs that the receiver gave the provider: with its name, and with the path parameters in its positions.
    const base = route.startsWith('/paid') ? `${on.url}/paid` : `${on.url}/order`;
    const undeclared = route.includes('{value1}');
    const report = await fireEvents({ provider, to: base, count: 1, fetch });
    await on.close();
    if (undeclared) return expect(report.ok).toBe(true);
    expect([report.ok, report.details, Object.keys(read[0] as object).length]).toEqual([
      true,
      [],
      route.split('{').length - 1,
    ]);
  });

  test.each(rows)('are legal: %s', async (_, document) => {
    const found = await problemsIn(document);
    expect(found.filter(({ code }) => code === 'path-parameters-defined')).toEqual([]);
  });

  test.each([
    ['the key has no segment', withCallback(URL_KEY, own(path('id'))), '/paid'],
    ['of the item', withCallback(`${URL_KEY}/a`, { ...path('id'), ...own() }), '/paid'],
    ['the key has it in its query', withCallback(`${URL_KEY}?id={id}`, own(path('id'))), '/paid'],
    ['the key has another', withCallback(`${URL_KEY}/{a}`, own(path('a', 'id'))), '/paid/x'],
    ['of a webhook', withWebhook('paid', own(path('id'))), '/paid'],
    ['by reference', withCallback(URL_KEY, own(ref), shared), '/paid'],
  ])('are reported, and no request is rejected for them: %s', async (_, document, sent) => {
    const found = await problemsIn(document);
    expect(
      found.flatMap(({ code, message, at }) => (code === 'path-parameters-defined' ? [[message, at.line > 0]] : [])),
    ).toEqual([[expect.stringContaining('Path parameter `id` is not used in the path'), true]]);
    const provider = await providerOf(document);
    const on = await listen(serverOf(provider, { handlers: { called: () => ({ data: { ok: true } }) } }));
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };
    const { status } = await fetch(on.url + sent, init);
    await on.close();
    expect(status).toBe(200);
  });
});
