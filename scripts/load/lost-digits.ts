import type { ParseProblem } from './parsed.ts';

/** Members of a schema whose values must be met exactly. */
export const EXACT: ReadonlySet<string> = new Set(['const', 'enum']);

/** More digits than any number has that is read as a finite one. */
const LONGEST = 400;

/**
 * A warning where a whole number is read as another one: those of JavaScript are exact up to 2^53, and values that differ
 * beyond it become one.
 */
export function lostDigits(code: string, written: string, value: unknown, offset: number): readonly ParseProblem[] {
  if (typeof value !== 'number' || Number.isSafeInteger(value) || !Number.isInteger(value)) return [];
  if (written.length > LONGEST || !/^[-+]?\d+$/.test(written)) return [];
  if (BigInt(written.replace('+', '')) === BigInt(value)) return [];
  const message = `This number is too large to be kept exactly: it is read as ${BigInt(value)}.`;
  const help = 'Let the value be a text, or one that a double holds.';
  return [{ severity: 'warning', code, message, help, offset }];
}
