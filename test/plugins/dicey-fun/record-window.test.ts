import { afterEach, describe, expect, test } from 'vitest';
import { resolveLimit, resolveWindow, WINDOW } from '../../../plugins/dicey-fun/rules/record-window.ts';

const NOW = Date.UTC(2026, 1, 16, 12) / 1000;
const FIRST = NOW - WINDOW;
const DAY = 86_400;

describe('the window of records', () => {
  test.each([
    ['both bounds omitted: the whole window', {}, [FIRST, NOW]],
    ['from its first second', { start_create_time: FIRST }, [FIRST, NOW]],
    ['from one second before it', { start_create_time: FIRST - 1 }, undefined],
    ['an end after now is limited to now', { end_create_time: NOW }, [FIRST, NOW]],
    ['an end far after now is limited to now', { end_create_time: NOW + 1 }, [FIRST, NOW]],
    [
      'an end far after now is cut',
      { start_create_time: NOW - DAY, end_create_time: NOW + 30 * DAY },
      [NOW - DAY, NOW],
    ],
    ['7 days', { start_create_time: FIRST, end_create_time: NOW }, [FIRST, NOW]],
    ['7 days and a second', { start_create_time: FIRST - 1, end_create_time: NOW }, undefined],
    ['6 days that begin before it', { start_create_time: NOW - 8 * DAY, end_create_time: NOW - 2 * DAY }, undefined],
    ['one second', { start_create_time: NOW - 5, end_create_time: NOW - 5 }, [NOW - 5, NOW - 5]],
    ['only now', { start_create_time: NOW }, [NOW, NOW]],
    ['a start after now', { start_create_time: NOW + 1 }, undefined],
    ['a start after now with a later end', { start_create_time: NOW + 1, end_create_time: NOW + 2 }, undefined],
    ['an end before its start', { start_create_time: NOW - 5, end_create_time: NOW - 6 }, undefined],
    ['an end at the first second of the window', { end_create_time: FIRST }, [FIRST, FIRST]],
    ['an end before the window', { end_create_time: FIRST - 1 }, undefined],
    ['before 1970', { start_create_time: -1 }, undefined],
    ['0', { start_create_time: 0, end_create_time: 0 }, undefined],
    ['milliseconds instead of seconds', { start_create_time: NOW * 1000 }, undefined],
    ['the largest number', { end_create_time: Number.MAX_VALUE }, [FIRST, NOW]],
  ])('%s', (_, bounds, want) => {
    expect(resolveWindow(bounds, NOW)).toEqual(want && { start: want[0], end: want[1] });
  });

  describe.each(['UTC', 'Asia/Shanghai', 'America/New_York', 'Pacific/Kiritimati', 'Australia/Lord_Howe'])(
    'in %s',
    (zone) => {
      const before = process.env.TZ;
      afterEach(() => {
        if (before === undefined) delete process.env.TZ;
        else process.env.TZ = before;
      });
      test.each([
        ['on a leap day', '2024-02-29T12:00:00Z', '2024-02-22T12:00:00Z'],
        ['a week after a leap day', '2024-03-07T00:00:00Z', '2024-02-29T00:00:00Z'],
        ['in a year without one', '2026-03-03T00:00:00Z', '2026-02-24T00:00:00Z'],
        ['in 2100, which has none', '2100-03-03T00:00:00Z', '2100-02-24T00:00:00Z'],
        ['over the new year', '2026-01-01T00:00:00Z', '2025-12-25T00:00:00Z'],
        ['over the begin of summer time in New York', '2026-03-08T12:00:00Z', '2026-03-01T12:00:00Z'],
        ['over the end of summer time in New York', '2026-11-01T12:00:00Z', '2026-10-25T12:00:00Z'],
      ])('%s the window is 604,800 seconds', (_, end, start) => {
        process.env.TZ = zone;
        const [first, last] = [Date.parse(start) / 1000, Date.parse(end) / 1000];
        expect(last - first).toBe(604_800);
        expect(resolveWindow({}, last)).toEqual({ start: first, end: last });
        expect(resolveWindow({ start_create_time: first - 1 }, last)).toBeUndefined();
      });
    },
  );
});

test.each([
  [undefined, 20],
  [0, 20],
  [1, 1],
  [2, 2],
  [20, 20],
  [1999, 1999],
  [2000, 2000],
  [2001, 20],
  [-1, 20],
  [Number.MAX_SAFE_INTEGER, 20],
  [-Number.MAX_VALUE, 20],
])('a limit of %s counts as %s', (limit, want) => {
  expect(resolveLimit(limit)).toBe(want);
});
