import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createDeliveries } from '../../runtime/mock/fire/deliveries.ts';
import { fireEvents } from '../../runtime/mock/fire/events.ts';
import type { FireRequest } from '../../runtime/mock/fire/types.ts';
import { hmacSha256Hex } from '../../runtime/signing/index.ts';
import { openOutput } from '../../scripts/commands/cli/output.ts';
import { findListener } from '../../scripts/commands/mock/find-listener.ts';
import { startListener } from '../../scripts/commands/mock/listen.ts';
import { providerOf } from './provider-of.ts';

const content = (schema: object, more: object = {}) => ({
  required: true,
  content: { 'application/json': { schema, ...more } },
});
const event = (operationId: string, body: object, more: object = {}) => ({
  post: {
    operationId,
    security: [{ signed: [] }],
    requestBody: body,
    responses: { 204: { description: 'ok' }, 401: { description: 'no' } },
    ...more,
  },
});
const DOCUMENT = {
  openapi: '3.1.0',
  info: { title: 'Hooks', version: '1' },
  servers: [{ url: 'http://127.0.0.1:9' }],
  paths: {
    '/subscribe': {
      post: {
        operationId: 'subscribe',
        responses: { 204: { description: 'ok' } },
        callbacks: {
          done: {
            '{$request.body#/url}': event(
              'done',
              content({ type: 'object', properties: { at: { type: 'string', format: 'date-time' } } }),
            ),
          },
        },
      },
    },
  },
  webhooks: {
    paid: event(
      'orderPaid',
      content({ type: 'object' }, { examples: { one: { value: { id: 1 } }, two: { value: { id: 2 } } } }),
    ),
    // Without an example, with a required header.
    sent: event(
      'orderSent',
      content({
        type: 'object',
        required: ['orderId', 'email'],
        properties: { orderId: { type: 'integer', minimum: 5 }, email: { type: 'string', format: 'email' } },
      }),
      {
        parameters: [{ name: 'X-Event', in: 'header', required: true, schema: { type: 'string', enum: ['sent'] } }],
        'x-cs-delivery': { in: 'header', name: 'X-Delivery', retries: [40, 80] },
      },
    ),
  },
  components: {
    securitySchemes: {
      signed: {
        type: 'apiKey',
        in: 'header',
        name: 'X-Signature',
        'x-cs-signing': {
          algorithm: 'hmac-sha256',
          replay: 'none',
          credentials: { secret: {} },

          message: { parts: ['body'] },
          key: { credential: 'secret' },
        },
      },
    },
  },
};
const provider = await providerOf(DOCUMENT, 'hooks');

type Seen = { readonly url: string; readonly headers: Headers; readonly body: string };
async function fire(more: Partial<FireRequest>, answer: (count: number) => number = () => 204) {
  const seen: Seen[] = [];
  const report = await fireEvents({
    provider,
    to: 'http://127.0.0.1:9/hook',
    count: 1,
    fetch: async (url, init) => {
      const { headers } = new Request(url, init);
      seen.push({ url, headers, body: await new Response(init.body ?? null).text() });
      const status = answer(seen.length);
      return new Response(status === 204 ? null : '{}', { status, headers: { 'content-type': 'application/json' } });
    },
    ...more,
  });
  return { report, seen, operations: report.calls.map(({ operation }) => operation) };
}

describe('fires every webhook and callback of a contract', () => {
  it('fires each one, with its example or generated data', async () => {
    const { report, operations, seen } = await fire({});
    expect(report.ok).toBe(true);
    expect([...operations].sort()).toEqual(['done', 'orderPaid', 'orderPaid', 'orderSent']);
    const sent = seen[operations.indexOf('orderSent')];
    expect(sent?.headers.get('x-event')).toBe('sent');
    expect(JSON.parse(sent?.body ?? '')).toMatchObject({
      orderId: expect.any(Number),
      email: expect.stringContaining('@'),
    });
  });
  it.each([
    ['orderPaid', ['orderPaid', 'orderPaid']],
    ['sent', ['orderSent']],
    ['done', ['done']],
  ])('fires one by %s', async (operation, want) => {
    expect((await fire({ operation })).operations).toEqual(want);
  });
  it('lists the known names if one is unknown', async () => {
    await expect(fire({ operation: 'nothing' })).rejects.toThrow(/orderPaid.*orderSent/);
  });
  it('signs each attempt', async () => {
    const { seen } = await fire({ operation: 'orderPaid' });
    for (const { headers, body } of seen)
      expect(headers.get('x-signature')).toBe(await hmacSha256Hex(provider.credentials.secret ?? '', body));
  });
});

describe('messages and their ids', () => {
  const idsOf = (seen: readonly Seen[]) => seen.map(({ headers }) => headers.get('x-delivery'));
  it('are new for each fire', async () => {
    expect(new Set(idsOf((await fire({ operation: 'orderSent', count: 3 })).seen)).size).toBe(3);
  });
  it('are the same with repeatId, and so is the body', async () => {
    const { seen } = await fire({ operation: 'orderSent', count: 3, repeatId: true });
    expect(new Set(idsOf(seen)).size).toBe(1);
    expect(new Set(seen.map(({ body }) => body)).size).toBe(1);
  });
  it('keep their id in all attempts, at the delays of the contract', async () => {
    const { report, seen } = await fire({ operation: 'orderSent' }, (count) => (count < 3 ? 400 : 204));
    expect(report).toMatchObject({ ok: true, calls: [{ what: 'orderSent, 3 attempts' }] });
    expect(new Set(idsOf(seen)).size).toBe(1);
    const [first, second, third] = report.calls[0]?.attempts ?? [];
    expect([first?.status, second?.status, third?.status]).toEqual([400, 400, 204]);
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(39);
    expect((third?.at ?? 0) - (second?.at ?? 0)).toBeGreaterThanOrEqual(79);
  });
  const given: readonly (readonly [string, Partial<FireRequest>, number, number])[] = [
    ['are not retried after the last delay', {}, 500, 3],
    ['are not retried if the receiver returns 410', {}, 410, 1],
    ['are tried once without retry', { retry: false }, 500, 1],
  ];
  it.each(given)('%s', async (_, more, status, attempts) => {
    const { report, seen } = await fire({ operation: 'orderSent', ...more }, () => status);
    expect([report.ok, seen.length]).toEqual([false, attempts]);
  });
  it('are retried with the default delays only for retryable errors, if the contract declares no delays', async () => {
    expect((await fire({ operation: 'done' }, () => 404)).seen).toHaveLength(1);
  });
  it('are sent at the requested rate', async () => {
    const begin = performance.now();
    const { seen } = await fire({ operation: 'done', count: 6, rate: 20 });
    expect(seen).toHaveLength(6);
    expect(performance.now() - begin).toBeGreaterThanOrEqual(249);
  });
});

it('can be sent again from the delivery log, with the same id and no secret in the log', async () => {
  const deliveries = createDeliveries();
  await fire({ operation: 'orderSent', onDelivery: (delivery) => void deliveries.add(provider, delivery) });
  const [entry] = deliveries.recent();
  const again: Headers[] = [];
  const resent = await deliveries.resend(entry?.id ?? '', provider, async (_, { headers }) => {
    again.push(new Headers(headers));
    return new Response(null, { status: 204 });
  });
  expect(again[0]?.get('x-delivery')).toBe(entry?.messageId);
  expect(resent).toMatchObject({ ok: true, resent: entry?.id, messageId: entry?.messageId });
  expect(deliveries.recent()).toHaveLength(2);
  expect(await deliveries.resend('none', provider)).toBeUndefined();
});

it('one receiver accepts all events and forwards them unchanged', async () => {
  const seen: { readonly url: string | undefined; readonly headers: Record<string, unknown>; readonly body: string }[] =
    [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      seen.push({ url: request.url, headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(seen.length === 1 ? 418 : 204, { 'x-of': 'receiver', connection: 'close' }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const forwardTo = `http://127.0.0.1:${(server.address() as AddressInfo).port}/in?a=1`;
  const lines: string[] = [];
  const output = {
    ...openOutput(process.stdout, process.stderr, { CI: '1' }),
    out: (line: string) => void lines.push(line),
  };
  const listening = await startListener({ port: 0, forwardTo }, output as never);
  onTestFinished(() => listening.close());
  const answer = await fetch(`${listening.url}/any/path?b=2`, {
    method: 'POST',
    headers: { 'x-sig': 's' },
    body: '{"ü":1}',
  });
  expect([answer.status, answer.headers.get('x-of')]).toEqual([418, 'receiver']);
  expect(seen[0]).toMatchObject({ url: '/in?a=1&b=2', headers: { 'x-sig': 's' }, body: '{"ü":1}' });
  const target = await findListener(listening.url);
  expect(target?.to).toBe(forwardTo);
  const report = await fireEvents({ provider, count: 1, operation: 'orderSent', to: '', ...target } as FireRequest);
  expect([report.ok, seen.at(-1)?.headers['x-event']]).toEqual([true, 'sent']);
  expect(lines.join('\n')).toMatch(/failed.*POST \/any\/path\?b=2.*418[\s\S]*ok.*204/);
  expect(await findListener('http://127.0.0.1:9')).toBeUndefined();
});
