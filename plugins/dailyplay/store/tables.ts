import { jsonText } from '@countersign/runtime/store';
import { bigint, integer, pgSchema, text, uuid } from 'drizzle-orm/pg-core';
import { anyText } from '../../stored-text.ts';
import { instant } from './instant.ts';

const dailyplay = pgSchema('dailyplay');

const id = (name: string) => bigint(name, { mode: 'number' });

export const apiKeys = dailyplay.table('api_keys', {
  id: id('id').primaryKey().generatedAlwaysAsIdentity(),
  orgId: id('org_id').notNull(),
  name: anyText('name').notNull(),
  description: anyText('description'),
  keyHash: text('key_hash').notNull(),
  keyPrefix: text('key_prefix').notNull(),
  allowedGameIds: id('allowed_game_ids').array(),
  rateLimitPerMinute: integer('rate_limit_per_minute'),
  rateLimitPerDay: integer('rate_limit_per_day'),
  expiresAt: instant('expires_at'),
  createdAt: instant('created_at').notNull(),
  revokedAt: instant('revoked_at'),
});

export const sessions = dailyplay.table('sessions', {
  id: id('id').primaryKey().generatedAlwaysAsIdentity(),
  token: uuid('token').notNull(),
  orgId: id('org_id').notNull(),
  apiKeyId: id('api_key_id').notNull(),
  gameId: id('game_id'),
  streamId: id('stream_id'),
  externalRef: anyText('external_ref'),
  metadata: jsonText<Record<string, unknown>>('metadata'),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
  consumedAt: instant('consumed_at'),
  playerUuid: anyText('player_uuid'),
});

export const members = dailyplay.table('members', {
  orgId: id('org_id').notNull(),
  userId: anyText('user_id').notNull(),
});
