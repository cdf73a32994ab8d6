/** Seconds. */
export const WINDOW = 7 * 24 * 60 * 60;

/** Unix seconds, both ends included. */
export type RecordWindow = { readonly start: number; readonly end: number };

export type RecordBounds = {
  readonly start_create_time?: number | undefined;
  readonly end_create_time?: number | undefined;
};

/**
 * The time range of a query: within the rolling 7 days that end at `now` (Unix seconds). An end after now is set to now
 * before any check. Seconds since 1970 have neither time zones nor leap days.
 *
 * @returns undefined for an invalid range: one that begins before the window, is longer than 7 days, or ends before it
 * begins.
 */
export function resolveWindow(
  { start_create_time, end_create_time }: RecordBounds,
  now: number,
): RecordWindow | undefined {
  const earliest = now - WINDOW;
  const start = start_create_time ?? earliest;
  const end = Math.min(end_create_time ?? now, now);
  // Because the end is at most now, a range that begins inside the window cannot be longer than the window.
  return start < earliest || end < start ? undefined : { start, end };
}

const DEFAULT_LIMIT = 20;
const LARGEST_LIMIT = 2000;

/** Maximum number of rows in a response: a value below 1 or above 2,000 counts as 20. */
export function resolveLimit(limit: number = DEFAULT_LIMIT): number {
  return limit < 1 || limit > LARGEST_LIMIT ? DEFAULT_LIMIT : limit;
}
