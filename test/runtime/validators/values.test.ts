import { describe, expect, test } from 'vitest';
import { canonical } from '../../../runtime/validators/json.ts';
import { codePointLength, lengthProblem } from '../../../runtime/validators/length.ts';
import { mergeOutputs } from '../../../runtime/validators/merge.ts';
import { isMultipleOf } from '../../../runtime/validators/multiple.ts';
import { duplicateAt } from '../../../runtime/validators/unique.ts';

describe('multiples of decimal numbers', () => {
  const cases: readonly (readonly [value: number, divisor: number, want: boolean])[] = [
    [0.3, 0.1, true],
    [19.99, 0.01, true],
    [0.075, 0.01, false],
    [0.0075, 0.0001, true],
    [1e308, 0.5, true],
    [1e308, 0.123456789, false],
    [1e-7, 1e-8, true],
    [12391239123, 1e-8, true],
    [-4.5, 1.5, true],
    [0, 7, true],
    [7, 2, false],
    [Number.POSITIVE_INFINITY, 1, false],
  ];
  test.each(cases)('%d of %d: %s', (value, divisor, want) => {
    expect(isMultipleOf(value, divisor)).toBe(want);
  });
});

describe('lengths in code points', () => {
  const cases: readonly (readonly [text: string, want: number])[] = [
    ['', 0],
    ['abc', 3],
    ['😀', 1],
    ['a😀b😀', 4],
    ['\ud83d', 1],
    ['\ude00\ud83d', 2],
    ['\ud83d\ud83d\ude00', 2],
  ];
  test.each(cases)('%j has %d', (text, want) => {
    expect(codePointLength(text)).toBe(want);
    expect(lengthProblem(text, want, want)).toBeUndefined();
    expect(lengthProblem(text, want + 1, want + 1)).toBe(`Too small: expected string to have >=${want + 1} characters`);
    if (want > 0)
      expect(lengthProblem(text, 0, want - 1)).toBe(`Too big: expected string to have <=${want - 1} characters`);
  });
});

describe('equality of JSON values', () => {
  const equal: readonly (readonly [one: unknown, other: unknown])[] = [
    [1, 1.0],
    [0, -0],
    [
      { a: 1, b: [2] },
      { b: [2], a: 1 },
    ],
    [{ a: undefined }, {}],
    [JSON.parse('{"__proto__":1}'), JSON.parse('{"__proto__":1}')],
  ];
  test.each(equal)('%j is %j', (one, other) => {
    expect(canonical(one)).toBe(canonical(other));
  });
  const different: readonly (readonly [one: unknown, other: unknown])[] = [
    [1, '1'],
    [0, false],
    [null, 'null'],
    [[], {}],
    [
      [1, 2],
      [2, 1],
    ],
    [['a,b'], ['a', 'b']],
    [{ a: null }, {}],
    [JSON.parse('{"__proto__":1}'), {}],
  ];
  test.each(different)('%j is not %j', (one, other) => {
    expect(canonical(one)).not.toBe(canonical(other));
    expect(duplicateAt([one, other])).toBeUndefined();
    expect(duplicateAt([one, other, one])).toBe(2);
  });
  test('a text that looks like an array is not an array', () => {
    expect(duplicateAt(['[1]', [1]])).toBeUndefined();
  });
});

describe('merged outputs of two schemas for one value', () => {
  const input = { a: 1, b: { c: 2 }, list: [{ x: 1 }] };
  const cases: readonly (readonly [name: string, one: unknown, other: unknown, want: unknown])[] = [
    ['unchanged', input, input, input],
    ['one added', { ...input, d: 1 }, input, { ...input, d: 1 }],
    ['both added', { ...input, d: 1 }, { ...input, e: 2 }, { ...input, d: 1, e: 2 }],
    ['one omitted', { b: input.b, list: input.list }, { ...input, d: 1 }, { b: { c: 2 }, list: [{ x: 1 }], d: 1 }],
    ['inside', { ...input, b: { c: 2, d: 3 } }, { ...input, b: { c: 2, e: 4 } }, { ...input, b: { c: 2, d: 3, e: 4 } }],
    [
      'in items',
      { ...input, list: [{ x: 1, y: 2 }] },
      { ...input, list: [{ x: 1, z: 3 }] },
      { ...input, list: [{ x: 1, y: 2, z: 3 }] },
    ],
  ];
  test.each(cases)('%s', (_, one, other, want) => {
    expect(mergeOutputs(input, one, other)).toEqual(want);
  });
});
