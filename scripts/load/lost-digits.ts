import type { ParseProblem } from './parsed.ts';

/** More digits than any finite number has. */
const LONGEST = 400;
/** A number of at most this many characters keeps its digits. */
export const KEPT_DIGITS = 15;

/**
 * A warning about a number that is read as a different one: JavaScript keeps 15 to 17 digits, and whole numbers exactly
 * up to 2^53. Larger values that differ become equal.
 */
export function lostDigits(code: string, written: string, value: unknown, offset: number): readonly ParseProblem[] {
  if (typeof value !== 'number' || !Number.isFinite(value) || written.length <= KEPT_DIGITS) return [];
  if (written.length > LONGEST || isKept(written, value)) return [];
  const read = Number.isInteger(value) && Math.abs(value) < 1e30 ? String(BigInt(value)) : String(value);
  const message = Number.isInteger(value)
    ? `The number is too large for a double: it is read as ${read}.`
    : `The number has too many digits for a double: it is read as ${read}.`;
  const help = 'Write the value as a string, or use a number that fits a double.';
  return [{ severity: 'warning', code, message, help, offset }];
}

/** Whether a number is read as written: a whole number exactly, a decimal with the same digits. */
function isKept(written: string, value: number): boolean {
  if (/^[-+]?\d+$/.test(written)) return BigInt(written.replace('+', '')) === BigInt(value);
  return digitsOf(written) === digitsOf(String(value));
}

/** A decimal number without redundant characters: `+1.50e2` and `150` are equal. Undefined for other notations. */
function digitsOf(text: string): string | undefined {
  const [, sign, whole = '', fraction = '', exponent = '0'] =
    /^([-+]?)(\d*)\.?(\d*)(?:e([-+]?\d+))?$/i.exec(text) ?? [];
  if (sign === undefined) return undefined;
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  const power = Number(exponent) - fraction.length + digits.length - significant.length;
  return `${sign === '-' ? '-' : ''}${significant}e${power}`;
}
