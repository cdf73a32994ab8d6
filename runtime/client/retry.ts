import { timeLeft } from './run.ts';
import type { Outcome, Run } from './types.ts';

/** Statuses after which the same request may well succeed. */
export const isTransientStatus = (status: number): boolean => [408, 425, 429, 500, 502, 503, 504].includes(status);

/** `Retry-After` in milliseconds; its date is read against the answer's own `Date`, so that a wrong clock here does no harm. */
export function readRetryAfter(headers: Headers, now: number): number | undefined {
  const text = headers.get('retry-after') ?? '';
  const wait = /^\d+$/.test(text)
    ? Number(text) * 1000
    : Date.parse(text) - (Date.parse(headers.get('date') ?? '') || now);
  return wait >= 0 ? wait : undefined;
}

/** Milliseconds to wait before the next attempt; undefined where there must be none. */
export function retryDelay(run: Run, { error, transient }: Outcome): number | undefined {
  const { ctx, operation, options, state } = run;
  const { attempts = 3, base = 250, cap = 8_000, longestRetryAfter = 60_000 } = options.retry || {};
  const unsent = error?.kind === 'connection' && !(error as { sent?: boolean }).sent;
  const allowed = unsent || (transient && operation.retry !== 'never');
  if (options.retry === false || !allowed || state.attempt >= attempts) return undefined;
  const { retryAfter } = error as { retryAfter?: number };
  const delay = retryAfter ?? ctx.clock.random() * Math.min(cap, base * 2 ** (state.attempt - 1));
  return delay > Math.min(timeLeft(run), retryAfter === undefined ? Infinity : longestRetryAfter) ? undefined : delay;
}
