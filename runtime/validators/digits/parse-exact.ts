import { setMember } from '../json.ts';
import { holdsExactly, isWhole, MAY_LOSE_DIGITS } from './holds-exactly.ts';
import { numbersIn } from './numbers-in.ts';

type Members = { [name: string]: unknown };

/**
 * Parses a JSON text. An integer that JavaScript would round becomes a bigint.
 *
 * @throws {SyntaxError} if the text is not JSON
 */
export function parseExact(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (!MAY_LOSE_DIGITS.test(text)) return value;
  const root: Members = { value };
  for (const { text: written, path } of numbersIn(text)) {
    if (holdsExactly(written) || !Number.isFinite(Number(written)) || !isWhole(written)) continue;
    const keys = ['value', ...path.map(String)];
    const name = keys.pop() ?? '';
    let at = root;
    for (const key of keys) at = at[key] as Members;
    // If several properties have the same name, the last one counts. It may be a different kind of value.
    if (typeof at === 'object' && at !== null && typeof at[name] === 'number') setMember(at, name, wholeOf(written));
  }
  return root['value'];
}

/** The exact value of a number without a fraction. */
function wholeOf(text: string): bigint {
  if (/^-?\d+$/.test(text)) return BigInt(text);
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const zeros = Number(exponent) - fraction.length;
  const digits = whole + fraction;
  // A finite number has at most 309 digits before its point. Digits that are cut off are zeros.
  return BigInt(zeros < 0 ? digits.slice(0, zeros) || '0' : digits + '0'.repeat(zeros));
}
