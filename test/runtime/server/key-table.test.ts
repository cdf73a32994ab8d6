import { describe, expect, test } from 'vitest';
import { KeyTable } from '../../../runtime/server/key-table.ts';

const NOW = 1_700_000_000;

test('behaves like a Map: any keys, in any order, with any expiry', () => {
  const table = new KeyTable();
  const map = new Map<string, number>();
  let seed = 7;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const differences: string[] = [];
  for (let step = 0; step < 200_000; step += 1) {
    const now = NOW + Math.floor(step / 1000);
    // The keys come from a growing set, so that a third of them is known, expired or not.
    const key = `key ${random(step + 1)}`;
    const expiry = now + 1 + random(100);
    const known = (map.get(key) ?? 0) > now;
    if (table.add(key, expiry, now) === known) differences.push(`${step} ${key}`);
    if (!known) map.set(key, expiry);
  }
  expect(differences).toEqual([]);
  const left = [...map.values()].filter((expiry) => expiry > NOW + 250).length;
  table.sweep(NOW + 250);
  expect(table.size).toBe(left);
});

describe('distinguishes keys that differ little', () => {
  test.each([
    ['in length', ['', '\u0000', '\u0000\u0000', '\u0000\u0000\u0000']],
    ['in a character outside ASCII', ['a', '\u0161', '\u6100', 'a\u0000', '\u{1f600}', '\u{1f601}']],
    ['in order', ['ab', 'ba', 'abab', 'baba', 'abba', 'baab']],
    ['in the position of a separator', ['a\nbc', 'ab\nc', 'a\nb\nc', 'abc']],
    ['in a number', Array.from({ length: 100_000 }, (_, n) => String(n))],
    ['in a character after 256', ['a', 'b', 'c', '\u0161'].map((end) => `${'x'.repeat(256)}${end}`)],
    [
      'in the last character of 256, after one outside ASCII',
      ['a', 'b'].map((end) => `\u00e9${'x'.repeat(254)}${end}`),
    ],
    ['in length, up to 256', Array.from({ length: 300 }, (_, n) => 'x'.repeat(n))],
    ['in a number after a long text', Array.from({ length: 100_000 }, (_, n) => `${'x'.repeat(150)}${n}`)],
  ])('%s', (_, keys) => {
    const table = new KeyTable();
    expect(keys.filter((key) => !table.add(key, NOW + 1, NOW))).toEqual([]);
    expect(keys.filter((key) => table.add(key, NOW + 1, NOW))).toEqual([]);
    expect(table.size).toBe(keys.length);
  });
});

test('accepts a key again after its expiry, also between sweeps', () => {
  const table = new KeyTable();
  const used = [0, 5, 10, 12, 30].map((after) => table.add('a', NOW + after + 10, NOW + after));
  expect(used).toEqual([true, false, true, false, true]);
  expect(table.size).toBe(1);
});

test('keeps keys whose hashes collide, also after a sweep', () => {
  // The second word selects the slot.
  const table = new KeyTable((key, _, words) => words.set([Number(key), 7]));
  const keys = Array.from({ length: 3000 }, (_, n) => String(n));
  expect(keys.filter((key) => !table.add(key, NOW + 10 + (Number(key) % 2), NOW))).toEqual([]);
  expect(keys.filter((key) => table.add(key, NOW + 10, NOW))).toEqual([]);
  table.sweep(NOW + 10);
  expect(table.size).toBe(1500);
  expect(keys.filter((key) => table.add(key, NOW + 20, NOW + 10))).toEqual(keys.filter((key) => Number(key) % 2 === 0));
});

test('limits an expiry that exceeds the range of a slot', () => {
  const table = new KeyTable();
  expect([Number.POSITIVE_INFINITY, 2 ** 40].map((expiry, n) => table.add(`${n}`, expiry, NOW))).toEqual([true, true]);
  expect([table.add('0', NOW + 1, NOW + 10 ** 9), table.add('1', NOW + 1, NOW + 10 ** 9)]).toEqual([false, false]);
});
