import { compareDecimals, parseDecimal } from './decimal.ts';

export type Condition = {
  readonly key: string;
  readonly operator: '>' | '==' | '>=' | '<' | '<=' | '!=';
  readonly value: string;
};

/** User data by key. */
export type Values = ReadonlyMap<string, string>;

/** Both sides are compared as numbers if both are numbers, otherwise as text. A missing key only matches `!=`. */
export function isMet({ key, operator, value }: Condition, values: Values): boolean {
  const actual = values.get(key);
  if (actual === undefined) return operator === '!=';
  const order = compare(actual, value);
  switch (operator) {
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '==':
      return order === 0;
    case '!=':
      return order !== 0;
  }
}

function compare(a: string, b: string): number {
  const left = parseDecimal(a);
  const right = parseDecimal(b);
  if (left !== undefined && right !== undefined) return compareDecimals(left, right);
  return a < b ? -1 : a > b ? 1 : 0;
}
