import type { TimestampDescriptor, TimestampUnit } from '../contract/index.ts';
import { formatTimestamp, parseTimestamp } from './timestamp.ts';

const MINUTE = 60_000;

const FORMS: { readonly [Unit in TimestampUnit]?: RegExp } = {
  'iso-seconds': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
  'iso-basic': /^\d{8}T\d{6}Z$/,
  'iso-local': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/,
  compact: /^\d{14}$/,
  datetime: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/,
  http: /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$/,
};

/**
 * Writes a time in the first unit of the scheme.
 * @param time milliseconds since 1970
 */
export function writeTime({ units: [unit = 's'], zone = 0 }: TimestampDescriptor, time: number): string {
  if (unit === 's' || unit === 'ms') return formatTimestamp(time, unit);
  const iso = new Date(time).toISOString();
  switch (unit) {
    case 'iso-seconds':
      return `${iso.slice(0, 19)}Z`;
    case 'iso-basic':
      return `${iso.slice(0, 19).replace(/[-:]/g, '')}Z`;
    case 'datetime':
    case 'iso-local':
    case 'compact': {
      const local = new Date(time + zone * MINUTE).toISOString().slice(0, 19);
      if (unit === 'iso-local') return local;
      return unit === 'compact' ? local.replace(/\D/g, '') : local.replace('T', ' ');
    }
    case 'http':
      return new Date(time).toUTCString();
    default:
      return formatTimestamp(time, unit);
  }
}

/** The first unit with a fixed form that the text has. Without a closure, because a server runs it for each request. */
function formOf(units: readonly TimestampUnit[], text: string): TimestampUnit | undefined {
  for (const unit of units) if (unit !== 's' && unit !== 'ms' && FORMS[unit]?.test(text)) return unit;
  return undefined;
}

/** Reads a time. Returns milliseconds since 1970; undefined if the text has none of the scheme's units. */
export function readTime({ units, zone = 0 }: TimestampDescriptor, text: string): number | undefined {
  const unit = formOf(units, text);
  if (unit === undefined) return parseTimestamp(text, units);
  const isLocal = unit === 'datetime' || unit === 'iso-local' || unit === 'compact';
  const iso = /^\d{8}T?\d{6}/.test(text)
    ? text.replace(/^(....)(..)(..)T?(..)(..)(..)Z?$/, '$1-$2-$3T$4:$5:$6Z')
    : isLocal
      ? `${text.replace(' ', 'T')}Z`
      : text;
  const time = Date.parse(iso) - (isLocal ? zone * MINUTE : 0);
  return Number.isNaN(time) ? undefined : time;
}
