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
    title: 'a webhook body gets a required property',
    before: hook(object({ a: text })),
    after: hook(object({ a: text, b: text }, 'b')),
    want: 'mm',
  },
  {
    title: 'a webhook body loses a property',
    before: hook(object({ a: text, b: text })),
    after: hook(object({ a: text })),
    want: 'MM',
  },
  {
    title: 'a webhook body becomes nullable',
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
    title: 'a webhook response gets a required property',
    before: hook(object({})),
    after: hook(object({}), {
      responses: {
        '200': { description: 'O', content: { 'application/json': { schema: object({ ok: text }, 'ok') } } },
      },
    }),
    want: 'MM',
  },
  { title: 'a webhook is added', before: shop({}), after: hook(object({})), want: 'mm' },
  { title: 'a webhook is removed', before: hook(object({})), after: shop({}), want: 'MM' },
  {
    title: 'a callback body gets a property',
    before: call(object({ a: text })),
    after: call(object({ a: text, b: text })),
    want: 'mm',
  },
  {
    title: 'a callback body loses a property',
    before: call(object({ a: text, b: text })),
    after: call(object({ a: text })),
    want: 'MM',
  },
  {
    title: 'a callback gets another enum value',
    before: call(object({ a: { enum: ['x'] } })),
    after: call(object({ a: { enum: ['x', 'y'] } })),
    want: 'MM',
  },
];
