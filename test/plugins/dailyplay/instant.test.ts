import { expect, test } from 'vitest';
import { readInstant } from '../../../plugins/dailyplay/store/instant.ts';

test.each([
  ['2026-02-16 12:00:00+00', '2026-02-16T12:00:00.000Z'],
  ['2026-02-16 17:30:00.5+05:30', '2026-02-16T12:00:00.500Z'],
  ['2026-02-16 08:30:00-03:30', '2026-02-16T12:00:00.000Z'],
  ['0031-12-31 23:59:59.999+00', '0031-12-31T23:59:59.999Z'],
  ['0001-01-01 00:00:00+00', '0001-01-01T00:00:00.000Z'],
  ['9999-12-31 23:59:59.999+00', '9999-12-31T23:59:59.999Z'],
  // Kolkata before 1906.
  ['1899-12-31 23:53:28+05:53:28', '1899-12-31T18:00:00.000Z'],
])('reads %s as %s', (text, want) => {
  expect(readInstant(text).toISOString()).toBe(want);
});

test.each(['infinity', '0044-03-15 12:00:00+00 BC', '10000-01-01 00:00:00+00', ''])('rejects %j', (text) => {
  expect(() => readInstant(text)).toThrow(RangeError);
});
