import type { Json } from '../json.ts';
import { body, object, type Row, shop, text } from './row.ts';

const [cookie, query] = ['cookie', 'query'].map((where) => ({ in: where, name: 'key' }));
/** Credentials with other locations, of an operation and of a webhook. */
const keyed = (uses: readonly ('operation' | 'webhook')[], alsoIn: readonly unknown[]): Json => {
  const key = { type: 'apiKey', in: 'header', name: 'X-Key', 'x-cs-credential': { name: 'key', alsoIn } };
  const post = (operationId: string): Json => ({
    operationId,
    security: [{ key: [] }],
    ...body(object({ a: text })),
    responses: { '204': { description: 'Done.' } },
  });
  const paths = uses.includes('operation') ? { '/x': { post: post('act') } } : {};
  const webhooks = uses.includes('webhook') ? { webhooks: { paid: { post: post('paid') } } } : {};
  return shop(paths, { securitySchemes: { key } }, webhooks);
};

/** Locations of a credential. Their order matters only for a caller that sends different values in several. */
export const words: readonly Row[] = [
  {
    title: 'locations of a credential in another order',
    before: keyed(['operation'], [cookie, query]),
    after: keyed(['operation'], [query, cookie]),
    want: 'mm',
    says: 'is read in a different order',
  },
  {
    title: 'locations of a credential of webhooks in another order',
    before: keyed(['webhook'], [cookie, query]),
    after: keyed(['webhook'], [query, cookie]),
    want: 'mm',
  },
  {
    title: 'locations of a credential of operations and webhooks in another order',
    before: keyed(['operation', 'webhook'], [cookie, query]),
    after: keyed(['operation', 'webhook'], [query, cookie]),
    want: 'mm',
  },
  {
    title: 'a location of a credential is removed',
    before: keyed(['operation'], [cookie, query]),
    after: keyed(['operation'], [query]),
    want: 'MM',
    says: 'is no longer accepted in cookie',
  },
];
