import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyChanges, areCalculable, type Change } from '../../../plugins/plattr/rules/changes.ts';
import { type Condition, isMet } from '../../../plugins/plattr/rules/conditions.ts';
import {
  addDecimals,
  compareDecimals,
  formatDecimal,
  negate,
  parseDecimal,
} from '../../../plugins/plattr/rules/decimal.ts';
import { sortKey } from '../../../plugins/plattr/rules/sort-key.ts';

describe('numbers of user data', () => {
  test.each([
    '',
    ' ',
    '1 ',
    '+1',
    '1e3',
    '.5',
    '5.',
    '--1',
    '0x10',
    'NaN',
    'Infinity',
    '1,000',
    '１',
    '1'.repeat(1001),
  ])('%j is text', (text) => expect(parseDecimal(text)).toBeUndefined());

  test.each([
    ['100', '100', '200'],
    ['100', '-100', '0'],
    ['0.1', '0.2', '0.3'],
    ['007', '1', '8'],
    ['1.50', '0.5', '2'],
    ['-0.5', '0.25', '-0.25'],
    ['9007199254740993', '1', '9007199254740994'],
    [
      '99999999999999999999999999999999',
      '0.00000000000000000001',
      '99999999999999999999999999999999.00000000000000000001',
    ],
    ['-0', '0', '0'],
  ])('%s plus %s is %s', (a, b, want) => {
    const [left, right] = [parseDecimal(a), parseDecimal(b)];
    expect(left && right && formatDecimal(addDecimals(left, right))).toBe(want);
  });

  test('add and compare exactly', () => {
    const decimal = fc
      .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.nat(12))
      .map(([units, scale]) => ({ units, scale }));
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        const sum = addDecimals(a, b);
        expect(compareDecimals(addDecimals(sum, negate(b)), a)).toBe(0);
        expect(compareDecimals(a, b)).toBe(-compareDecimals(b, a) + 0);
        expect(compareDecimals(parseDecimal(formatDecimal(a)) ?? { units: 1n, scale: 0 }, a)).toBe(0);
      }),
    );
  });
});

test.each<[string | undefined, Condition['operator'], string, boolean]>([
  ['100', '>', '99', true],
  ['100', '>', '100', false],
  ['9', '>', '10', false],
  ['b', '>', 'a', true],
  ['9', '>', 'a', false],
  ['20', '==', '20', true],
  ['20', '==', '20.0', true],
  ['20', '==', '020', true],
  ['a', '==', 'A', false],
  ['', '==', '', true],
  ['20', '!=', '20.0', false],
  ['x', '!=', 'y', true],
  ['5', '>=', '5', true],
  ['4.9', '>=', '5', false],
  ['5', '<', '10', true],
  ['5x', '<', '10', false],
  ['5', '<=', '5', true],
  ['5.1', '<=', '5', false],
  [undefined, '!=', '1', true],
  [undefined, '==', '0', false],
  [undefined, '==', '', false],
  [undefined, '>', '-1', false],
  [undefined, '>=', '', false],
  [undefined, '<', '1', false],
  [undefined, '<=', '1', false],
])('%j %s %j: %s', (actual, operator, value, want) => {
  const values = new Map(actual === undefined ? [] : [['k', actual]]);
  expect(isMet({ key: 'k', operator, value }, values)).toBe(want);
});

test.each<[string, readonly Change[], Record<string, string>, Record<string, string> | undefined]>([
  ['set is the default', [{ key: 'a', value: 'x' }], {}, { a: 'x' }],
  [
    'a missing value counts as 0',
    [
      { key: 'a', value: '5', command: 'inc' },
      { key: 'b', value: '5', command: 'dec' },
    ],
    {},
    { a: '5', b: '-5' },
  ],
  [
    'changes apply in order',
    [
      { key: 'a', value: '2' },
      { key: 'a', value: '3', command: 'inc' },
      { key: 'a', value: '1', command: 'dec' },
    ],
    { a: '9' },
    { a: '4' },
  ],
  [
    'a text cannot be incremented',
    [
      { key: 'b', value: '1' },
      { key: 'a', value: '1', command: 'inc' },
    ],
    { a: 'x' },
    undefined,
  ],
  ['an empty text cannot be incremented', [{ key: 'a', value: '1', command: 'dec' }], { a: '' }, undefined],
  [
    'a text can be incremented after it was set to a number',
    [
      { key: 'a', value: '1' },
      { key: 'a', value: '1', command: 'inc' },
    ],
    { a: 'x' },
    { a: '2' },
  ],
  ['nothing', [], { a: '1' }, {}],
  [
    '__proto__ is an ordinary key',
    [{ key: '__proto__', value: '1', command: 'inc' }],
    {},
    JSON.parse('{"__proto__":"1"}'),
  ],
])('changes: %s', (_, changes, before, want) => {
  const changed = applyChanges(changes, new Map(Object.entries(before)));
  expect(changed && Object.fromEntries(changed)).toEqual(want);
});

test.each([
  [[{ key: 'a', value: 'x' }], true],
  [[{ key: 'a', value: 'x', command: 'set' }], true],
  [[{ key: 'a', value: '-1.5', command: 'inc' }], true],
  [
    [
      { key: 'a', value: '1' },
      { key: 'a', value: 'x', command: 'inc' },
    ],
    false,
  ],
  [[{ key: 'a', value: '', command: 'dec' }], false],
] as const)('amounts of %j are numbers: %s', (changes, want) => {
  expect(areCalculable(changes)).toBe(want);
});

test('sort keys have the order of the scores', () => {
  const score = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(score, score, (a, b) => {
      const order = sortKey(a) < sortKey(b) ? -1 : sortKey(a) > sortKey(b) ? 1 : 0;
      expect(order).toBe(a < b ? -1 : a > b ? 1 : 0);
    }),
  );
  expect(sortKey(-0)).toBe(sortKey(0));
});
