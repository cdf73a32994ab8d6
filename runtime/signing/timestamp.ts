import type { TimestampUnit } from '../contract/index.ts';

/**
 * The number that separates seconds from milliseconds: 10^11 seconds are in the year 5138, 10^11 milliseconds in 1973.
 */
const FIRST_MILLISECONDS = 1e11;

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/i;

/**
 * Formats a timestamp as it is sent: whole seconds, whole milliseconds, or ISO 8601 in UTC.
 *
 * @param time the time in milliseconds since 1970
 * @example
 * ```ts
 * formatTimestamp(Date.now(), 's'); // '1796000000'
 * ```
 */
export const formatTimestamp = (time: number, unit: TimestampUnit): string =>
  unit === 'iso' ? new Date(time).toISOString() : `${Math.floor(unit === 's' ? time / 1000 : time)}`;

/**
 * Parses a timestamp. Returns milliseconds since 1970, or undefined if the text has none of the units. If both seconds
 * and milliseconds are accepted, the size of the number decides.
 *
 * @example
 * ```ts
 * parseTimestamp('1796000000', ['s', 'iso']); // 1796000000000
 * ```
 */
export function parseTimestamp(text: string, units: readonly TimestampUnit[]): number | undefined {
  // Leading zeros are rejected: in a signed text without separators, they could move to the value before the time.
  if (/^(0|[1-9]\d{0,14})$/.test(text)) {
    const value = Number(text);
    const seconds = units.includes('s') && !(units.includes('ms') && value >= FIRST_MILLISECONDS);
    if (seconds) return value * 1000;
    return units.includes('ms') ? value : undefined;
  }
  if (!units.includes('iso') || !ISO.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}
