import type { AnyClientOptions } from './options.ts';

/** The options of retries, with their defaults. Times are in milliseconds. */
export function retryLimits({ retry }: Pick<AnyClientOptions, 'retry'>) {
  const { attempts = 3, base = 250, cap = 8_000, longestRetryAfter = 60_000 } = retry || {};
  return { attempts, base, cap, longestRetryAfter };
}

/**
 * Milliseconds to wait after attempt number `made`: a random part of a limit that doubles, "full jitter".
 * @param random from 0 to 1
 */
export const backOff = ({ base, cap }: ReturnType<typeof retryLimits>, made: number, random: number): number =>
  random * Math.min(cap, base * 2 ** (made - 1));
