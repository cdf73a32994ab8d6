import { expect, test } from 'vitest';
import { createMemoryReplayStore } from '../../../runtime/server/index.ts';

function withClock(capacity?: number) {
  const clock = { now: 1_700_000_000_000 };
  const store = createMemoryReplayStore({ clock: () => clock.now, ...(capacity === undefined ? {} : { capacity }) });
  return { clock, store };
}

test('accepts a key once until it expires', () => {
  const { clock, store } = withClock();
  expect(store.use('a', 10)).toBe(true);
  expect(store.use('a', 10)).toBe(false);
  expect(store.use('b', 10)).toBe(true);
  clock.now += 10_000;
  expect(store.use('a', 10), 'never sooner than requested').toBe(false);
  clock.now += 2_000;
  expect(store.use('a', 10)).toBe(true);
});

test('rejects new keys when it is full, and forgets no valid one', () => {
  const { clock, store } = withClock(3);
  for (const key of ['a', 'b', 'c']) expect(store.use(key, key === 'a' ? 5 : 500)).toBe(true);
  expect(store.use('d', 5)).toBe(false);
  expect(store.use('b', 5)).toBe(false);
  clock.now += 7_000;
  expect(store.use('d', 5), 'room is made by what has expired').toBe(true);
  expect(store.use('e', 5)).toBe(false);
  expect(store.use('c', 5)).toBe(false);
});

test('forgets nothing if the clock is set back', () => {
  const { clock, store } = withClock();
  expect(store.use('a', 10)).toBe(true);
  clock.now -= 3_600_000;
  expect(store.use('a', 10)).toBe(false);
});

test('accepts a number once, and only if it is larger than the last one of its key', () => {
  const { clock, store } = withClock(2);
  const numbers = [
    '5',
    '5',
    '4',
    '05',
    '6',
    '10',
    '9',
    '18446744073709551615',
    '18446744073709551614',
    '18446744073709551616',
  ];
  expect(numbers.map((number) => store.advance('a', number))).toEqual([
    true,
    false,
    false,
    false,
    true,
    true,
    false,
    true,
    false,
    true,
  ]);
  expect([store.advance('b', '1'), store.advance('c', '1')], 'full').toEqual([true, false]);
  clock.now += 10 * 365 * 86_400_000;
  expect(store.advance('a', '6'), 'never forgotten').toBe(false);
});
