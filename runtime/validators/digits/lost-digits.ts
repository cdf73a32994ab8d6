import type { ValidationResult, Validator } from '../../contract/index.ts';
import { holdsExactly, isWhole, MAY_LOSE_DIGITS } from './holds-exactly.ts';
import { numbersIn, type WrittenNumber } from './numbers-in.ts';

/** A place where a value is another one than was written. */
export type LostDigits = { readonly path: readonly PropertyKey[]; readonly message: string };

/** Written in the place of a number, they tell what its schema takes: fractions, or anything at all. */
const WHOLE = '1';
const FRACTION = '0.5';
const ANYTHING = ['"x"', 'true', '[]', '{}'];

const key = (path: readonly PropertyKey[]): string => JSON.stringify(path);

/** What is wrong with an integer that would be rounded. */
export const LOSES_DIGITS = 'Invalid number: it loses digits in JavaScript, where integers are exact up to 2^53 - 1';

/** The contract's `valueAt` does the same: shared with the client, it would put the client's first chunk in two parts. */
const at = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (found, name) => (found as { readonly [name: PropertyKey]: unknown } | undefined)?.[name],
    value,
  );

const inexact = (text: string): string =>
  Number.isFinite(Number(text)) ? LOSES_DIGITS : 'Invalid number: larger than the largest number in JavaScript';

/**
 * Where a JSON text has integers that `JSON.parse` rounds, or numbers that it makes infinite. Digits may go where the
 * schema takes fractions: such a number is the nearest one that the type `number` has (RFC 8259, section 6). Places that
 * have an issue as they are get no second one.
 *
 * @param validator of the whole value
 * @param read gives the value that the validator is asked of
 */
export function lostDigits(
  text: string,
  validator: Validator,
  read: (text: string) => unknown = JSON.parse,
): readonly LostDigits[] {
  if (!MAY_LOSE_DIGITS.test(text)) return [];
  const numbers = [...numbersIn(text)].filter((number) => !holdsExactly(number.text));
  if (numbers.length === 0) return [];
  const issuesWith = (replacement: string) => issuesOf(validator, read(replaced(text, numbers, replacement)));
  const value = read(text);
  const known = issuesOf(validator, value);
  const whole = issuesWith(WHOLE);
  const onlyInteger = differences(whole, issuesWith(FRACTION));
  const others = ANYTHING.map((replacement) => differences(whole, issuesWith(replacement)));
  return numbers
    .filter(({ text: written, path }) => {
      // One that is no number has been read with all its digits.
      if (known.has(key(path)) || typeof at(value, path) !== 'number') return false;
      if (isAt(onlyInteger, path)) return true;
      const isUntyped = others.every((other) => !isAt(other, path));
      return isUntyped && (isWhole(written) || !Number.isFinite(Number(written)));
    })
    .map(({ text: written, path }) => ({ path, message: inexact(written) }));
}

function replaced(text: string, numbers: readonly WrittenNumber[], replacement: string): string {
  let result = '';
  let from = 0;
  for (const { start, end } of numbers) {
    result += text.slice(from, start) + replacement;
    from = end;
  }
  return result + text.slice(from);
}

/** By path, then message. */
type Issues = ReadonlyMap<string, ReadonlySet<string>>;

function issuesOf(validator: Validator, value: unknown): Issues {
  const found = new Map<string, Set<string>>();
  const result = validator['~standard'].validate(value);
  // One that answers later is not ours; what it cannot be asked counts as an integer.
  const issues = 'then' in result ? [] : ((result as ValidationResult<unknown>).issues ?? []);
  for (const { path = [], message } of issues) {
    const at = key(path.map((step) => (typeof step === 'object' ? step.key : step)));
    const messages = found.get(at);
    if (messages) messages.add(message);
    else found.set(at, new Set([message]));
  }
  return found;
}

/** Places that have an issue in `after` which they do not have in `before`. */
function differences(before: Issues, after: Issues): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [at, messages] of after) if ([...messages].some((message) => !before.get(at)?.has(message))) found.add(at);
  return found;
}

/** At the place, or at one around it: an alternative that does not fit is told of the whole. */
function isAt(places: ReadonlySet<string>, path: readonly PropertyKey[]): boolean {
  if (places.size === 0) return false;
  return path.some((_, length) => places.has(key(path.slice(0, length)))) || places.has(key(path));
}
