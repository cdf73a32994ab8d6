import type { Logger, Server } from '@countersign/runtime/server';
import type { Database, RateLimit, RateLimits } from '@countersign/runtime/store';
import { handlers } from '../../generated/hive/src/handlers.ts';
import { createHiveServer } from '../../generated/hive/src/server.ts';
import type { Services } from './services.ts';
import { receiveSuspensions } from './store/receive.ts';

export type ReceiverParts = {
  /** Migrated by `store/migrations`. */
  readonly db: Database;
  /** The game server authentication key, or two keys during a rotation. */
  readonly keys: string | readonly string[];
  readonly rateLimits?: RateLimits;
  /** Limit for all requests together. Default: no limit. */
  readonly limit?: RateLimit;
  readonly clock?: () => number;
  readonly logger?: Logger;
};

/** The game server that Hive pushes to: `POST /suspensions`. */
export function createReceiver({ db, keys, rateLimits, limit, clock = Date.now, logger }: ReceiverParts): Server {
  return createHiveServer<Services>({
    handlers,
    services: { receive: (gameIndex, rows) => receiveSuspensions(db, gameIndex, rows) },
    security: { gameServerKey: keys },
    clock,
    ...(rateLimits && limit ? { rateLimit: { limit: () => rateLimits.take('hive', limit) } } : {}),
    ...(logger === undefined ? {} : { logger }),
  });
}
