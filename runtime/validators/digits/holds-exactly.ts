/** Whether a text may contain a number that JavaScript changes. Most texts need only this test. */
export const MAY_LOSE_DIGITS: RegExp = /\d{16}|\d[eE][-+]?\d\d/;

/** The digits of a number without leading and trailing zeros, and the power of ten of the last digit. */
function normalize(text: string): string {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const digits = whole + fraction;
  let first = 0;
  while (first < digits.length && digits[first] === '0') first += 1;
  let last = digits.length;
  while (last > first && digits[last - 1] === '0') last -= 1;
  if (first === last) return '0';
  return `${digits.slice(first, last)}e${Number(exponent) - fraction.length + digits.length - last}`;
}

/**
 * Whether a JSON number keeps its digits when JavaScript reads and writes it. A number with a fraction always stands
 * for the nearest `number`.
 */
export function holdsExactly(text: string): boolean {
  const value = Number(text);
  if (Number.isSafeInteger(value) && /^-?\d{1,15}$/.test(text)) return true;
  if (!Number.isFinite(value)) return false;
  return !Number.isInteger(value) || normalize(text) === normalize(String(value));
}

/** Whether a JSON number has no fraction. */
export function isWhole(text: string): boolean {
  return Number(normalize(text).split('e')[1] ?? 0) >= 0;
}
