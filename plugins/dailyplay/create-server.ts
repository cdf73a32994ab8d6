import type { Logger, Server } from '@countersign/runtime/server';
import type { Database, RateLimits } from '@countersign/runtime/store';
import { handlers } from '../../generated/dailyplay/src/handlers.ts';
import { createDailyplayServer } from '../../generated/dailyplay/src/server.ts';
import type { ClerkVerifier } from './clerk.ts';
import { createKeyLimiter } from './rate-limit.ts';
import type { Services } from './services.ts';
import { createApiKeys } from './store/api-keys.ts';
import { createMembers } from './store/members.ts';
import { createSessions } from './store/sessions.ts';

export type ServerParts = {
  /** Migrated by `store/migrations`. */
  readonly db: Database;
  readonly rateLimits: RateLimits;
  readonly clerk: ClerkVerifier;
  readonly clock?: () => number;
  readonly logger?: Logger;
};

/** Creates DailyPlay's server over a store. */
export function createServer({ db, rateLimits, clerk, clock = Date.now, logger }: ServerParts): Server {
  const services: Services = {
    sessions: createSessions(db),
    apiKeys: createApiKeys(db),
    members: createMembers(db),
  };
  return createDailyplayServer<Services>({
    handlers,
    services,
    security: {
      apiKey: async (presented, { now }) => {
        const row = presented.startsWith('dpk_') ? await services.apiKeys.find(presented) : undefined;
        if (row === undefined || row.revokedAt !== null) return null;
        return row.expiresAt !== null && row.expiresAt.getTime() <= now ? 'expired' : row;
      },
      clerkToken: (presented, { now }) => clerk(presented, now),
    },
    rateLimit: createKeyLimiter(rateLimits),
    clock,
    ...(logger === undefined ? {} : { logger }),
  });
}
