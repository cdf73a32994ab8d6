import { customType } from 'drizzle-orm/pg-core';

/** PostgreSQL's own way to write it; an old place's offset may have seconds. */
const STORED = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)([+-])(\d\d)(?::(\d\d))?(?::(\d\d))?$/;

/** @throws {RangeError} on what is no moment of the years 1 to 9999 */
export function readInstant(text: string): Date {
  const [, date, time, sign, hours = 0, minutes = 0, seconds = 0] = STORED.exec(text) ?? [];
  const offset = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
  const instant = new Date(Date.parse(`${date}T${time}Z`) - (sign === '-' ? -offset : offset));
  if (Number.isNaN(instant.getTime())) throw new RangeError('Not a moment of the years 1 to 9999');
  return instant;
}

/** A moment to the millisecond. Drizzle's own gives the text to `Date`, which takes the year 0031 for a day of a month. */
export const instant = customType<{ data: Date; driverData: string }>({
  dataType: () => 'timestamp with time zone',
  toDriver: (value) => value.toISOString(),
  fromDriver: readInstant,
});
