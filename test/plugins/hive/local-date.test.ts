import { describe, expect, test } from 'vitest';
import { isLocalDate, toLocalDate } from '../../../plugins/hive/local-date.ts';

describe('local dates', () => {
  test.each([
    ['2024-07-10 20:56:59', true],
    ['9999-12-31 00:00:00', true],
    ['0001-01-01 00:00:00', true],
    ['0000-02-29 00:00:00', true],
    ['2024-02-29 00:00:00', true],
    ['2000-02-29 00:00:00', true],
    ['2023-02-29 00:00:00', false],
    ['1900-02-29 00:00:00', false],
    ['2024-04-31 00:00:00', false],
    ['2024-13-01 00:00:00', false],
    ['2024-00-01 00:00:00', false],
    ['2024-01-00 00:00:00', false],
    ['2024-01-01 24:00:00', false],
    ['2024-01-01 00:60:00', false],
    ['2024-01-01 00:00:60', false],
    ['2024-01-01T00:00:00', false],
    ['2024-01-01 00:00:00Z', false],
    ['', false],
  ])('%j: %s', (text, want) => {
    expect(isLocalDate(text)).toBe(want);
  });

  test.each([
    ['2024-07-10T20:56:59.999Z', 'UTC', '2024-07-10 20:56:59'],
    ['2024-07-10T15:00:00.000Z', 'Asia/Seoul', '2024-07-11 00:00:00'],
    ['2024-03-10T07:00:00.000Z', 'America/New_York', '2024-03-10 03:00:00'],
  ])('%s in %s is %s', (moment, zone, want) => {
    expect(toLocalDate(new Date(moment), zone)).toBe(want);
  });
});
