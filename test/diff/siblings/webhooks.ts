import type { Json } from '../json.ts';
import { body, count, object, one, type Row, shop, text } from './row.ts';

const hook = (schema: Json, more: Json = {}): Json => {
  const post = { operationId: 'paid', ...body(schema), responses: { '204': { description: 'O' } }, ...more };
  return shop({}, {}, { webhooks: { paid: { post } } });
};
const call = (schema: Json): Json => {
  const done = { operationId: 'done', ...body(schema), responses: { '204': { description: 'O' } } };
  const callbacks = { done: { '{$request.body#/url}': { post: done } } };
  return one({ ...body(object({ url: text })), callbacks });
};

/** Webhooks and callbacks, which callers receive. */
export const webhooks: readonly Row[] = [
  {
    title: 'a webhook body gains a required member',
    before: hook(object({ a: text })),
    after: hook(object({ a: text, b: text }, 'b')),
    want: 'mm',
  },
  {
    title: 'a webhook body loses a member',
    before: hook(object({ a: text, b: text })),
    after: hook(object({ a: text })),
    want: 'MM',
  },
  {
    title: 'a webhook body may be null',
    before: hook(object({ a: text })),
    after: hook(object({ a: { type: ['string', 'null'] } })),
    want: 'MM',
  },
  {
    title: 'a webhook default changes',
    before: hook(object({ a: { ...count, default: 1 } })),
    after: hook(object({ a: { ...count, default: 2 } })),
    want: 'MM',
  },
  {
    title: 'a webhook must be answered with more',
    before: hook(object({})),
    after: hook(object({}), {
      responses: {
        '200': { description: 'O', content: { 'application/json': { schema: object({ ok: text }, 'ok') } } },
      },
    }),
    want: 'MM',
  },
  { title: 'a webhook is new', before: shop({}), after: hook(object({})), want: 'mm' },
  { title: 'a webhook is removed', before: hook(object({})), after: shop({}), want: 'MM' },
  {
    title: 'a callback body gains a member',
    before: call(object({ a: text })),
    after: call(object({ a: text, b: text })),
    want: 'mm',
  },
  {
    title: 'a callback body loses a member',
    before: call(object({ a: text, b: text })),
    after: call(object({ a: text })),
    want: 'MM',
  },
  {
    title: 'a callback value more',
    before: call(object({ a: { enum: ['x'] } })),
    after: call(object({ a: { enum: ['x', 'y'] } })),
    want: 'MM',
  },
];
