import type { RateLimiter } from '@countersign/runtime/server';
import type { RateLimits } from '@countersign/runtime/store';
import type { Services } from './services.ts';
import type { ApiKeyRow } from './store/api-keys.ts';

const MINUTE = 60;
const DAY = 86_400;

/** Enforces the limits of each API key per minute and per day, across all processes. */
export function createKeyLimiter(limits: RateLimits): RateLimiter<Services> {
  return {
    async limit({ identity }) {
      const key = identity['apiKey'] as ApiKeyRow | undefined;
      if (key === undefined) return { allowed: true };
      const { id, rateLimitPerMinute, rateLimitPerDay } = key;
      // The minute is checked first: a call that it rejects does not count for the day.
      for (const [points, seconds] of [
        [rateLimitPerMinute, MINUTE],
        [rateLimitPerDay, DAY],
      ] as const) {
        if (points === null) continue;
        const taken = await limits.take(`dailyplay:${id}`, { points, seconds });
        if (!taken.allowed) return taken;
      }
      return { allowed: true };
    },
  };
}
