import { createHmac } from 'node:crypto';
import { fireEvents } from '@countersign/runtime/mock/fire';
import { listen } from '@countersign/runtime/server/node';
import { expect, test } from 'vitest';
import {
  documentOf,
  type Handlers,
  type Json,
  operation,
  problemsIn,
  providerOf,
  serverOf,
  signedBy,
} from './support.ts';

const recipe = {
  algorithm: 'hmac-sha256',
  message: { parts: ['body'] },
  key: { credential: 'secret' },
  credentials: { secret: {} },
};
const signed = { security: [{ signed: [] }] };
const callback = (id: string, more: Json = {}): Json => ({ post: operation(id, { ...signed, ...more }) });

const document = documentOf({
  ...signedBy('X-Signature', recipe),
  paths: {
    '/subscriptions': {
      post: operation('subscribe', {
        security: [],
        callbacks: {
          paid: { '{$request.body#/url}': callback('paid', { 'x-cs-delivery': { in: 'header', name: 'X-Id' } }) },
          shared: { $ref: '#/components/callbacks/shared' },
          many: {
            '{$request.body#/url}/many': {
              'x-cs-dispatch': ['opened', 'closed'].map((id) => ({
                method: 'post',
                when: [{ header: 'X-Event', equals: id }],
                operation: operation(id, signed),
              })),
            },
          },
        },
      }),
    },
    '/refunds': {
      post: operation('refund', {
        security: [],
        callbacks: {
          shared: { $ref: '#/components/callbacks/shared' },
          paid: { '{$request.body#/url}': callback('refunded') },
        },
      }),
    },
  },
  webhooks: { hello: callback('hello') },
});
(document.components as Record<string, unknown>).callbacks = { shared: { '{$request.query.to}': callback('shared') } };

test('callbacks are received, fired and handled once, like webhooks', async () => {
  const provider = await providerOf(document);
  const received = provider.operations.filter(({ descriptor }) => descriptor.webhook);
  expect(received.map(({ descriptor: { id, path } }) => [id, path])).toEqual([
    ['hello', '/hello'],
    ['paid', '/paid'],
    ['shared', '/shared'],
    ['opened', '/many'],
    ['closed', '/many'],
    ['refunded', '/refund-paid'],
  ]);
  const ran: string[] = [];
  const handlers: Handlers = Object.fromEntries(
    received.map(({ descriptor: { id } }) => [id, () => ran.push(id) > 0 && { data: { ok: true } }]),
  );
  const secret = provider.credentials.secret ?? '';
  const on = await listen(serverOf(provider, { handlers, security: { signed: { secret } } }));
  const post = async (path: string, key: string, headers: Json = {}) => {
    const signature = createHmac('sha256', key).update('{}').digest('hex');
    const all = { 'content-type': 'application/json', 'x-signature': signature, ...headers } as Record<string, string>;
    return (await fetch(`${on.url}${path}`, { method: 'POST', headers: all, body: '{}' })).status;
  };
  expect([await post('/paid', secret, { 'x-id': '1' }), await post('/paid', secret, { 'x-id': '1' })]).toEqual([
    200, 200,
  ]);
  expect(await post('/paid', 'another')).toBe(401);
  expect(await post('/many', secret, { 'x-event': 'closed' })).toBe(200);
  expect(ran).toEqual(['paid', 'closed']);

  ran.length = 0;
  const report = await fireEvents({
    provider,
    to: on.url,
    count: 1,
    // The receiver has a separate URL for each.
    fetch: (url, init) => {
      const id = report_next.shift() ?? '';
      return fetch(`${url}${received.find(({ descriptor }) => descriptor.id === id)?.descriptor.path.slice(1)}`, init);
    },
  });
  await on.close();
  expect([report.ok, report.summary]).toEqual([true, '6 of 6 requests were accepted.']);
  expect(ran).toEqual(['hello', 'paid', 'shared', 'opened', 'closed', 'refunded']);
});
const report_next = ['hello', 'paid', 'shared', 'opened', 'closed', 'refunded'];

test('lint reports errors in callbacks at their location', async () => {
  expect((await problemsIn(document)).filter(({ severity }) => severity === 'error')).toEqual([]);
  const wrong = structuredClone(document) as { components: { callbacks: { shared: Record<string, { post: Json }> } } };
  const [item] = Object.values(wrong.components.callbacks.shared);
  if (item) item.post = { ...item.post, 'x-cs-delivery': { in: 'nowhere', name: 'a' } };
  const found = await problemsIn(wrong as never);
  expect(found.map(({ code, at }) => [code, at.line > 0])).toContainEqual(['x-cs-schema', true]);
});
