import type { ValidationResult, Validator } from '../../contract/index.ts';
import { holdsExactly, isWhole, MAY_LOSE_DIGITS } from './holds-exactly.ts';
import { numbersIn, type WrittenNumber } from './numbers-in.ts';

/** A place whose value differs from the text. */
export type LostDigits = { readonly path: readonly PropertyKey[]; readonly message: string };

/** Test values that replace a number. They show whether its schema accepts fractions, or any value. */
const WHOLE = '1';
const FRACTION = '0.5';
const ANYTHING = ['"x"', 'true', '[]', '{}'];

const key = (path: readonly PropertyKey[]): string => JSON.stringify(path);

/** The message for an integer that would be rounded. */
export const LOSES_DIGITS = 'Invalid number: it loses digits in JavaScript, where integers are exact up to 2^53 - 1';

/** The contract's `valueAt` does the same. Sharing it with the client would split the client's first chunk in two. */
const at = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (found, name) => (found as { readonly [name: PropertyKey]: unknown } | undefined)?.[name],
    value,
  );

const inexact = (text: string): string =>
  Number.isFinite(Number(text)) ? LOSES_DIGITS : 'Invalid number: larger than the largest number in JavaScript';

/**
 * Finds integers of a JSON text that `JSON.parse` rounds, and numbers that it makes infinite. Digits may be lost if the
 * schema accepts fractions: such a number stands for the nearest `number` (RFC 8259, section 6). A place that already
 * has an issue gets no second one.
 *
 * @param validator of the whole value
 * @param read converts the value before it is validated
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
      // A value that is not a number was read with all of its digits.
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
  // An asynchronous validator is not ours. A number that cannot be tested counts as an integer.
  const issues = 'then' in result ? [] : ((result as ValidationResult<unknown>).issues ?? []);
  for (const { path = [], message } of issues) {
    const at = key(path.map((step) => (typeof step === 'object' ? step.key : step)));
    const messages = found.get(at);
    if (messages) messages.add(message);
    else found.set(at, new Set([message]));
  }
  return found;
}

/** Locations with an issue in `after` and none in `before`. */
function differences(before: Issues, after: Issues): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [at, messages] of after) if ([...messages].some((message) => !before.get(at)?.has(message))) found.add(at);
  return found;
}

/** At the place or at a parent of it: an issue about an alternative is reported for the whole value. */
function isAt(places: ReadonlySet<string>, path: readonly PropertyKey[]): boolean {
  if (places.size === 0) return false;
  return path.some((_, length) => places.has(key(path.slice(0, length)))) || places.has(key(path));
}
