import type { Outcome, Run } from './run.ts';

/** Statuses after which the same request may well succeed. */
export const isTransientStatus = (status: number): boolean => [408, 425, 429, 500, 502, 503, 504].includes(status);

/** `Retry-After` in milliseconds; its date is read against the answer's own `Date`, so that a wrong clock here does no harm. */
export function readRetryAfter(headers: Headers, now: number): number | undefined {
  const text = headers.get('retry-after');
  if (!text) return undefined;
  if (/^\s*\d+\s*$/.test(text)) return Number(text) * 1000;
  const wait = Date.parse(text) - (Date.parse(headers.get('date') ?? '') || now);
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

/** Milliseconds to wait before the next attempt; undefined where there must be none. */
export function retryDelay({ ctx, operation, options, state, deadline }: Run, outcome: Outcome): number | undefined {
  const chosen = options.retry ?? ctx.options.retry;
  if (chosen === false) return undefined;
  const { attempts = 3, base = 250, cap = 8_000, longestRetryAfter = 60_000 } = chosen ?? {};
  const allowed = outcome.unsent || (outcome.transient && operation.retry !== 'never');
  if (!allowed || state.attempt >= attempts) return undefined;
  if (outcome.retryAfter !== undefined && outcome.retryAfter > longestRetryAfter) return undefined;
  const delay = outcome.retryAfter ?? ctx.clock.random() * Math.min(cap, base * 2 ** (state.attempt - 1));
  return ctx.clock.now() + delay < deadline ? delay : undefined;
}
