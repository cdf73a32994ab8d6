import type { RateLimiter } from '@countersign/runtime/server';
import type { RateLimits } from '@countersign/runtime/store';
import type { Services } from './services.ts';
import type { ApiKeyRow } from './store/api-keys.ts';

const MINUTE = 60;
const DAY = 86_400;

/** Holds each API key to its limits per minute and per day, whichever process its calls reach. */
export function createKeyLimiter(limits: RateLimits): RateLimiter<Services> {
  return {
    async limit({ identity }) {
      const key = identity.apiKey as ApiKeyRow | undefined;
      if (key === undefined) return { allowed: true };
      const { id, rateLimitPerMinute, rateLimitPerDay } = key;
      // The minute goes first: what it refuses is not counted for the day.
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
