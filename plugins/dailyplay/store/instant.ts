import { customType } from 'drizzle-orm/pg-core';

/** PostgreSQL's own format. A historical offset may have seconds. */
const STORED = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)([+-])(\d\d)(?::(\d\d))?(?::(\d\d))?$/;

/** @throws {RangeError} unless it is a moment of the years 1 to 9999 */
export function readInstant(text: string): Date {
  const [, date, time, sign, hours = 0, minutes = 0, seconds = 0] = STORED.exec(text) ?? [];
  const offset = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
  const instant = new Date(Date.parse(`${date}T${time}Z`) - (sign === '-' ? -offset : offset));
  if (Number.isNaN(instant.getTime())) throw new RangeError('Not a moment of the years 1 to 9999');
  return instant;
}

/**
 * A moment, precise to the millisecond. Drizzle's own type passes the text to `Date`, which reads the year 0031 as a
 * day of a month.
 */
export const instant = customType<{ data: Date; driverData: string }>({
  dataType: () => 'timestamp with time zone',
  toDriver: (value) => value.toISOString(),
  fromDriver: readInstant,
});
