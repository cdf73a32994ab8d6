import type { Database } from '@countersign/runtime/store';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { hashApiKey, makeApiKey, prefixOf } from '../api-key.ts';
import { apiKeys } from './tables.ts';

export type ApiKeyRow = Omit<typeof apiKeys.$inferSelect, 'keyHash'>;

export type NewApiKey = {
  readonly orgId: number;
  readonly name: string;
  readonly description?: string | undefined;
  /** Undefined means every game and stream. */
  readonly allowedGameIds?: readonly number[] | undefined;
  readonly rateLimitPerMinute?: number | undefined;
  readonly rateLimitPerDay?: number | undefined;
  readonly expiresAt?: Date | undefined;
  readonly createdAt: Date;
  /** Default: a new one. */
  readonly key?: string | undefined;
};

export type ApiKeys = {
  /** `key` is returned only here. */
  create(values: NewApiKey): Promise<{ readonly key: string; readonly row: ApiKeyRow }>;
  /** Finds a key by its full value, in any state. */
  find(key: string): Promise<ApiKeyRow | undefined>;
  /** Oldest first. */
  list(orgId: number): Promise<readonly ApiKeyRow[]>;
  /** False if the organization has no such key, or if it was revoked before. */
  revoke(orgId: number, id: number, at: Date): Promise<boolean>;
};

/** All columns except the hash. */
const shown = {
  id: apiKeys.id,
  orgId: apiKeys.orgId,
  name: apiKeys.name,
  description: apiKeys.description,
  keyPrefix: apiKeys.keyPrefix,
  allowedGameIds: apiKeys.allowedGameIds,
  rateLimitPerMinute: apiKeys.rateLimitPerMinute,
  rateLimitPerDay: apiKeys.rateLimitPerDay,
  expiresAt: apiKeys.expiresAt,
  createdAt: apiKeys.createdAt,
  revokedAt: apiKeys.revokedAt,
};

export function createApiKeys(db: Database): ApiKeys {
  const byHash = db
    .select(shown)
    .from(apiKeys)
    .where(eq(apiKeys.keyHash, sql.placeholder('hash')))
    .prepare('dailyplay_api_key');
  return {
    async create({ key = makeApiKey(), allowedGameIds, ...values }) {
      const [row] = await db
        .insert(apiKeys)
        .values({
          ...values,
          allowedGameIds: allowedGameIds === undefined ? null : [...allowedGameIds],
          keyHash: hashApiKey(key),
          keyPrefix: prefixOf(key),
        })
        .returning(shown);
      if (row === undefined) throw new Error('The new API key was not returned');
      return { key, row };
    },
    async find(key) {
      const [row] = await byHash.execute({ hash: hashApiKey(key) });
      return row;
    },
    list: (orgId) => db.select(shown).from(apiKeys).where(eq(apiKeys.orgId, orgId)).orderBy(asc(apiKeys.id)),
    async revoke(orgId, id, at) {
      const rows = await db
        .update(apiKeys)
        .set({ revokedAt: at })
        .where(and(eq(apiKeys.orgId, orgId), eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
        .returning({ id: apiKeys.id });
      return rows.length === 1;
    },
  };
}
