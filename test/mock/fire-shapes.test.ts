import { fireEvents } from '@countersign/runtime/mock/fire';
import { describe, expect, it } from 'vitest';
import { providerOf } from './provider-of.ts';

type Sent = { readonly method: string; readonly url: string; readonly headers: Headers; readonly body: string };

/** A webhook or callback, the response of the receiver, and the request that arrives there. */
type Shape = {
  readonly hook?: object;
  /** Of the path item; default: `post` of the hook. */
  readonly item?: object;
  readonly callback?: true;
  readonly components?: object;
  readonly answer?: () => Response;
  readonly want: (sent: Sent) => void;
  readonly ok?: boolean;
};

const order = { type: 'object', required: ['id'], properties: { id: { type: 'integer' }, paid: { type: 'boolean' } } };
const body = (type: string, media: object) => ({ requestBody: { required: true, content: { [type]: media } } });
const json = (schema: object, more: object = {}) => body('application/json', { schema, ...more });
const received = { responses: { 200: { description: 'Received.' } } };
const wantBody =
  (value: unknown) =>
  ({ body: text }: Sent): void =>
    expect(JSON.parse(text)).toEqual(value);
const declared = { responses: { 200: { description: 'ok', content: { 'application/json': { schema: order } } } } };

const SHAPES: Readonly<Record<string, Shape>> = {
  'an example': { hook: json(order, { example: { id: 4 } }), want: wantBody({ id: 4 }) },
  'an example of the schema': { hook: json({ ...order, example: { id: 5 } }), want: wantBody({ id: 5 }) },
  'an example behind a reference': {
    hook: json({ $ref: '#/components/schemas/Order' }),
    components: { schemas: { Order: { ...order, example: { id: 6 } } } },
    want: wantBody({ id: 6 }),
  },
  'a schema alone': {
    hook: json(order),
    want: ({ body: text }) => expect(JSON.parse(text).id).toEqual(expect.any(Number)),
  },
  'a body by reference': {
    hook: { requestBody: { $ref: '#/components/requestBodies/Paid' } },
    components: { requestBodies: { Paid: json(order, { example: { id: 7 } }).requestBody } },
    want: wantBody({ id: 7 }),
  },
  'a path item by reference': {
    item: { $ref: '#/components/pathItems/Paid' },
    components: {
      pathItems: { Paid: { post: { operationId: 'paid', ...json(order, { example: { id: 8 } }), ...received } } },
    },
    want: wantBody({ id: 8 }),
  },
  'a form': {
    hook: body('application/x-www-form-urlencoded', { schema: order, example: { id: 9, paid: true } }),
    want: ({ headers, body: text }) => {
      expect(headers.get('content-type')).toContain('application/x-www-form-urlencoded');
      expect(Object.fromEntries(new URLSearchParams(text))).toEqual({ id: '9', paid: 'true' });
    },
  },
  'a text': {
    hook: body('text/plain', { schema: { type: 'string' }, example: 'paid 4' }),
    want: ({ body: text }) => expect(text).toBe('paid 4'),
  },
  XML: {
    hook: body('application/xml', { schema: { ...order, xml: { name: 'order' } }, example: { id: 4 } }),
    want: ({ body: text }) => expect(text).toContain('<order><id>4</id></order>'),
  },
  'no body': { hook: {}, want: ({ body: text }) => expect(text).toBe('') },
  'another method': {
    item: { put: { operationId: 'paid', ...json(order, { example: { id: 4 } }), ...received } },
    want: ({ method }) => expect(method).toBe('PUT'),
  },
  'a header and a query parameter': {
    hook: {
      ...json(order, { example: { id: 4 } }),
      parameters: [
        { name: 'X-Event', in: 'header', required: true, schema: { const: 'order.paid' } },
        { name: 'shop', in: 'query', required: true, example: 'main', schema: { type: 'string' } },
      ],
    },
    want: ({ url, headers }) => {
      expect(headers.get('x-event')).toBe('order.paid');
      expect(new URL(url).search).toBe('?shop=main');
    },
  },
  'a callback': { callback: true, hook: json(order, { example: { id: 4 } }), want: wantBody({ id: 4 }) },
  'a response that the contract declares': {
    hook: { ...json(order, { example: { id: 4 } }), ...declared },
    answer: () => Response.json({ id: 4 }),
    want: wantBody({ id: 4 }),
  },
  'a response that breaks the contract': {
    hook: { ...json(order, { example: { id: 4 } }), ...declared },
    answer: () => Response.json({ id: 'four' }),
    want: wantBody({ id: 4 }),
    ok: false,
  },
  'a response that is a redirect': {
    hook: json(order, { example: { id: 4 } }),
    answer: () => new Response(null, { status: 302, headers: { location: 'http://127.0.0.1:9/other' } }),
    want: wantBody({ id: 4 }),
    ok: false,
  },
};

const documentOf = ({ hook, item, callback, components }: Shape) => {
  const own = item ?? { post: { operationId: 'paid', ...received, ...hook } };
  const subscribe = { operationId: 'subscribe', responses: { 204: { description: 'ok' } } };
  return {
    openapi: '3.1.0',
    info: { title: 'Shop', version: '1' },
    servers: [{ url: 'http://127.0.0.1:9' }],
    paths: callback
      ? { '/subscribe': { post: { ...subscribe, callbacks: { paid: { '{$request.query.url}': own } } } } }
      : {},
    ...(!callback && { webhooks: { paid: own } }),
    ...(components && { components }),
  };
};

describe('mock fire supports every declaration of a webhook', () => {
  it.each(Object.entries(SHAPES))('%s', async (_, shape) => {
    const provider = await providerOf(documentOf(shape), 'shop');
    const sent: Sent[] = [];
    const { ok, calls } = await fireEvents({
      provider,
      to: 'http://127.0.0.1:9/hook',
      count: 1,
      retry: false,
      fetch: async (url, init) => {
        const { method, headers } = new Request(url, init);
        sent.push({ method, url, headers, body: await new Response(init.body ?? null).text() });
        return shape.answer?.() ?? new Response(null, { status: 200 });
      },
    });
    expect({ ok, problems: calls.flatMap(({ problem }) => problem ?? []).length }).toEqual({
      ok: shape.ok ?? true,
      problems: shape.ok === false ? 1 : 0,
    });
    expect(sent.length).toBe(1);
    shape.want(sent[0] as Sent);
  });
});
