import { jsonText } from '@countersign/runtime/store';
import { bigint, bigserial, boolean, doublePrecision, pgSchema, smallint, text } from 'drizzle-orm/pg-core';
import { anyText } from '../../stored-text.ts';
import type { Change } from '../rules/changes.ts';

/** Created by `migrations/`, which also contains the keys and indexes. */
const plattr = pgSchema('plattr');

const id = () => bigserial('id', { mode: 'number' }).primaryKey();
const reference = (name: string) => bigint(name, { mode: 'number' }).notNull();
/** Milliseconds since 1970. */
const instant = (name: string) => bigint(name, { mode: 'number' }).notNull();

export const apps = plattr.table('apps', {
  id: id(),
  name: text('name').notNull(),
  keyHash: text('key_hash').notNull(),
});

export const users = plattr.table('users', {
  id: id(),
  appId: reference('app_id'),
  kind: text('kind', { enum: ['device', 'naver'] }).notNull(),
  subject: text('subject').notNull(),
  createdAt: instant('created_at'),
});

export const sessions = plattr.table('sessions', {
  tokenHash: text('token_hash').primaryKey(),
  userId: reference('user_id'),
  deviceHash: text('device_hash').notNull(),
  expiresAt: instant('expires_at'),
});

export const userData = plattr.table('user_data', {
  userId: reference('user_id'),
  /** As `indexKey` has it. */
  key: text('key').notNull(),
  value: anyText('value').notNull(),
});

export const rewards = plattr.table('rewards', {
  id: id(),
  userId: reference('user_id'),
  change: jsonText<readonly Change[]>('change').notNull(),
  valid: boolean('valid').notNull().default(true),
});

export const mails = plattr.table('mails', {
  id: id(),
  userId: reference('user_id'),
  content: anyText('content').notNull(),
  rewardId: bigint('reward_id', { mode: 'number' }),
});

export const leaderboards = plattr.table('leaderboards', {
  id: id(),
  appId: reference('app_id'),
  /** As `indexKey` has it. */
  key: text('key').notNull(),
});

export const scores = plattr.table('scores', {
  leaderboardId: reference('leaderboard_id'),
  userId: reference('user_id'),
  value: doublePrecision('value').notNull(),
  /** The result of `sortKey`. */
  sortKey: bigint('sort_key', { mode: 'bigint' }).notNull(),
  replacedKey: bigint('replaced_key', { mode: 'bigint' }),
});

export const scoreBuckets = plattr.table('score_buckets', {
  leaderboardId: reference('leaderboard_id'),
  level: smallint('level').notNull(),
  low: bigint('low', { mode: 'bigint' }).notNull(),
  count: bigint('count', { mode: 'number' }).notNull(),
  split: boolean('split').notNull().default(false),
});

export const scoreChanges = plattr.table('score_changes', {
  id: id(),
  leaderboardId: reference('leaderboard_id'),
  sortKey: bigint('sort_key', { mode: 'bigint' }).notNull(),
  amount: smallint('amount').$type<-1 | 1>().notNull(),
});
