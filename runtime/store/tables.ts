import { bigint, integer, numeric, pgSchema, text, timestamp } from 'drizzle-orm/pg-core';

/** The tables of the store itself, created by `migrations`. */
const countersign = pgSchema('countersign');

/** The table of used nonces and signatures. */
export const replays = countersign.table('replays', {
  key: text('key').primaryKey(),
  expiresAt: timestamp('expires_at', { withTimezone: true, mode: 'date' }).notNull(),
});

/**
 * The table of increasing nonces: the last one of each caller. Its rows are never deleted, because a smaller nonce must
 * never be accepted again.
 */
export const counters = countersign.table('counters', {
  key: text('key').primaryKey(),
  last: numeric('last').notNull(),
});

/** The table of messages. A message is in progress while `status` is null. */
export const deliveries = countersign.table('deliveries', {
  key: text('key').primaryKey(),
  owner: text('owner').notNull(),
  expiresAt: timestamp('expires_at', { withTimezone: true, mode: 'date' }).notNull(),
  status: integer('status'),
  contentType: text('content_type'),
  body: text('body'),
});

/** The table of rate limits, in the schema that rate-limiter-flexible requires. */
export const rateLimits = countersign.table('rate_limits', {
  key: text('key').primaryKey(),
  points: integer('points').notNull(),
  expire: timestamp('expire', { withTimezone: true, mode: 'date' }),
});

/** The table of tokens that clients store. `expires_at` is null if a token can be refreshed or does not expire. */
export const tokens = countersign.table('tokens', {
  key: text('key').primaryKey(),
  token: text('token').notNull(),
  issuedAt: bigint('issued_at', { mode: 'number' }).notNull(),
  expiresAt: timestamp('expires_at', { withTimezone: true, mode: 'date' }),
});

/** The table of values that several processes share. */
export const keptValues = countersign.table('kept_values', {
  owner: text('owner').notNull(),
  name: text('name').notNull(),
  value: text('value').notNull(),
});
