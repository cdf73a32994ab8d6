import { RateLimiterDrizzle, RateLimiterRes } from 'rate-limiter-flexible';
import type { Database } from './database.ts';
import { rateLimits } from './tables.ts';

/** A limit of `points` calls in a window of `seconds`, which begins with the first call. */
export type RateLimit = { readonly points: number; readonly seconds: number };

/** Counts calls in the database, so that many processes share one limit. */
export type RateLimits = {
  /**
   * Counts one call of `key` against a limit. `retryAfter` is the number of whole seconds until the window ends, at
   * least 1.
   */
  take(
    key: string,
    limit: RateLimit,
  ): Promise<{ readonly allowed: true } | { readonly allowed: false; readonly retryAfter: number }>;
};

/**
 * Creates rate limits whose counters are in the database, so that all processes share them.
 *
 * @example
 * ```ts
 * const { db } = await openStore();
 * const taken = await createRateLimits(db).take('agent-7', { points: 100, seconds: 60 });
 * ```
 */
export function createRateLimits(db: Database): RateLimits {
  const limiters = new Map<string, RateLimiterDrizzle>();
  const limiterOf = ({ points, seconds }: RateLimit): RateLimiterDrizzle => {
    const name = `${points}/${seconds}`;
    let limiter = limiters.get(name);
    if (limiter === undefined) {
      limiter = new RateLimiterDrizzle({
        storeClient: db,
        schema: rateLimits,
        points,
        duration: seconds,
        keyPrefix: String(seconds),
        // The sweeper of the store removes expired counters, once for all limiters.
        clearExpiredByTimeout: false,
      });
      // Limits come from data, so their cache must be bounded.
      if (limiters.size >= 1000) limiters.clear();
      limiters.set(name, limiter);
    }
    return limiter;
  };
  return {
    async take(key, limit) {
      try {
        await limiterOf(limit).consume(key);
        return { allowed: true };
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        return { allowed: false, retryAfter: Math.max(1, Math.ceil(refused.msBeforeNext / 1000)) };
      }
    },
  };
}
