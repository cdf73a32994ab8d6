/** An exact number in user data: `units` / 10^`scale`. */
export type Decimal = { readonly units: bigint; readonly scale: number };

const NUMBER = /^(-?)(\d+)(?:\.(\d+))?$/;
/** Maximum length of a number in characters. Parsing digits takes quadratic time. */
const LONGEST = 1000;

/**
 * Undefined for a text that is not a number: `-12.50` is one, but `1e3`, `+1`, ` 1` and more than 1,000 characters are
 * text.
 */
export function parseDecimal(text: string): Decimal | undefined {
  const match = text.length <= LONGEST ? NUMBER.exec(text) : null;
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = ''] = match;
  return { units: BigInt(`${sign}${whole}${fraction}`), scale: fraction.length };
}

/** Without redundant zeros: `1.50` is `1.5`. */
export function formatDecimal({ units, scale }: Decimal): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
  return `${units < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { units: rescale(a, scale) + rescale(b, scale), scale };
}

export const negate = ({ units, scale }: Decimal): Decimal => ({ units: -units, scale });

/** Negative: a is less than b. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const { units } = addDecimals(a, negate(b));
  return units < 0n ? -1 : units > 0n ? 1 : 0;
}

const rescale = ({ units, scale }: Decimal, to: number): bigint => units * 10n ** BigInt(to - scale);
