import type { Context, Retries } from './types.ts';

/** Statuses after which the same request may well succeed. */
export const isTransientStatus = (status: number): boolean => [408, 425, 429, 500, 502, 503, 504].includes(status);

/** What a header says as a number, which may be a fraction; NaN where it says none. */
function numberIn(headers: Headers, name: string): number {
  const text = headers.get(name) ?? '';
  return /^(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : NaN;
}

/**
 * What `Retry-After-Ms` or `Retry-After` asks for, in milliseconds. A date is read against the response's own `Date`, so that
 * a wrong clock here does no harm.
 */
export function readRetryAfter(headers: Headers, now: number): number | undefined {
  const date = Date.parse(headers.get('retry-after') ?? '') - (Date.parse(headers.get('date') ?? '') || now);
  const waits = [numberIn(headers, 'retry-after-ms'), numberIn(headers, 'retry-after') * 1000, date];
  return waits.find((wait) => wait >= 0);
}

/** Undefined where the chunk does not load, in a page without a network: the call then ends with its error. */
export async function loadRetries(ctx: Context): Promise<Retries | undefined> {
  try {
    const { createRetries } = await import('./retries.ts');
    ctx.retries ??= createRetries(ctx);
  } catch {}
  return ctx.retries;
}
