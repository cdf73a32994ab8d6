import type { Context, Retries } from './types.ts';

/** Statuses after which the same request may succeed. */
export const isTransientStatus = (status: number): boolean => [408, 425, 429, 500, 502, 503, 504].includes(status);

/** A header as a number, possibly with a fraction. NaN if the header is not a number. */
function numberIn(headers: Headers, name: string): number {
  const text = headers.get(name) ?? '';
  return /^(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : NaN;
}

/**
 * The delay in `Retry-After-Ms` or `Retry-After`, in milliseconds. A date is compared with the response's own `Date`,
 * so that a wrong local clock has no effect.
 */
export function readRetryAfter(headers: Headers, now: number): number | undefined {
  const date = Date.parse(headers.get('retry-after') ?? '') - (Date.parse(headers.get('date') ?? '') || now);
  const waits = [numberIn(headers, 'retry-after-ms'), numberIn(headers, 'retry-after') * 1000, date];
  return waits.find((wait) => wait >= 0);
}

/**
 * Loads the code of retries. Undefined if the chunk cannot be loaded, for example in a page without a network. The call
 * then ends with the error of its attempt.
 */
export async function loadRetries(ctx: Context): Promise<Retries | undefined> {
  try {
    const { createRetries } = await import('./retries.ts');
    ctx.retries ??= createRetries(ctx);
  } catch {}
  return ctx.retries;
}
