/** Seconds. */
export const WINDOW = 7 * 24 * 60 * 60;

/** Unix seconds; both ends belong to it. */
export type RecordWindow = { readonly start: number; readonly end: number };

export type RecordBounds = {
  readonly start_create_time?: number | undefined;
  readonly end_create_time?: number | undefined;
};

/**
 * The rows that may be asked for: those of the rolling 7 days that end at `now` (Unix seconds). An end after now is cut to
 * now before anything else is looked at. Seconds since 1970 know neither time zones nor leap days, so none matter here.
 *
 * @returns undefined for an invalid range: one that begins before the window, is longer than 7 days, or ends before it begins.
 */
export function resolveWindow(
  { start_create_time, end_create_time }: RecordBounds,
  now: number,
): RecordWindow | undefined {
  const earliest = now - WINDOW;
  const start = start_create_time ?? earliest;
  const end = Math.min(end_create_time ?? now, now);
  // With the end at most now, a range that begins inside the window cannot be longer than it.
  return start < earliest || end < start ? undefined : { start, end };
}

const DEFAULT_LIMIT = 20;
const LARGEST_LIMIT = 2000;

/** The most rows to answer: below 1 and above 2,000 count as 20. */
export function resolveLimit(limit: number = DEFAULT_LIMIT): number {
  return limit < 1 || limit > LARGEST_LIMIT ? DEFAULT_LIMIT : limit;
}
