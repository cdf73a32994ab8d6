import { canonical } from '../json.ts';
import { lengthProblem } from '../length.ts';
import { isMultipleOf } from '../multiple.ts';
import { duplicateAt } from '../unique.ts';

/** Whether the number of code points of a text is within these limits. */
export function lengthIs(text: string, min: number, max = Number.POSITIVE_INFINITY): boolean {
  return lengthProblem(text, min, max) === undefined;
}

/** Whether a number is a whole multiple of another, according to their decimal texts. */
export function multiple(value: number, divisor: number): boolean {
  return isMultipleOf(value, divisor);
}

/** Whether all items differ as JSON values. */
export function unique(items: readonly unknown[]): boolean {
  return duplicateAt(items) === undefined;
}

/** Whether a value is one of many. */
export function isListed(values: ReadonlySet<unknown>, value: unknown): boolean {
  return values.has(value);
}

/** Whether a value equals one of these values, which are written as canonical text. */
export function isSame(value: unknown, ...texts: readonly string[]): boolean {
  return texts.includes(canonical(value));
}

/** `oneOf`: whether exactly one matches. */
export function onlyOne(...holds: readonly boolean[]): boolean {
  let count = 0;
  for (const each of holds) if (each) count += 1;
  return count === 1;
}

/** `contains`: whether the number of matching items is within these limits. */
export function isSized(
  items: readonly unknown[],
  isValid: (item: unknown) => boolean,
  min: number,
  max: number,
): boolean {
  let count = 0;
  for (const item of items) if (isValid(item)) count += 1;
  return count >= min && count <= max;
}
