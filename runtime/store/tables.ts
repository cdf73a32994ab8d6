import { integer, pgSchema, text, timestamp } from 'drizzle-orm/pg-core';

/** What the store keeps for itself; made by `migrations`. */
const countersign = pgSchema('countersign');

/** The table of used nonces and signatures. */
export const replays = countersign.table('replays', {
  key: text('key').primaryKey(),
  expiresAt: timestamp('expires_at', { withTimezone: true, mode: 'date' }).notNull(),
});

/** The table of messages: being handled while `status` is null. */
export const deliveries = countersign.table('deliveries', {
  key: text('key').primaryKey(),
  owner: text('owner').notNull(),
  expiresAt: timestamp('expires_at', { withTimezone: true, mode: 'date' }).notNull(),
  status: integer('status'),
  contentType: text('content_type'),
  body: text('body'),
});

/** In the shape that rate-limiter-flexible asks for. */
export const rateLimits = countersign.table('rate_limits', {
  key: text('key').primaryKey(),
  points: integer('points').notNull(),
  expire: timestamp('expire', { withTimezone: true, mode: 'date' }),
});

/** The table of values that many processes agree on. */
export const keptValues = countersign.table('kept_values', {
  owner: text('owner').notNull(),
  name: text('name').notNull(),
  value: text('value').notNull(),
});
