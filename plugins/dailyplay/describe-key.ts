import type { ApiKeyRow } from './store/api-keys.ts';

/** An API key as the dashboard sees it: never the key itself. */
export const describeKey = (row: ApiKeyRow) => ({
  id: row.id,
  org_id: row.orgId,
  name: row.name,
  description: row.description,
  key_prefix: row.keyPrefix,
  allowed_game_ids: row.allowedGameIds,
  rate_limit_per_minute: row.rateLimitPerMinute,
  rate_limit_per_day: row.rateLimitPerDay,
  expires_at: row.expiresAt?.toISOString() ?? null,
  created_at: row.createdAt.toISOString(),
  revoked_at: row.revokedAt?.toISOString() ?? null,
});
