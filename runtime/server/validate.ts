import { toPointer, type ValidationResult, type Validator, valueAt } from '../contract/index.ts';
import { LOSES_DIGITS } from '../validators/digits/lost-digits.ts';
import { isPending } from './after.ts';

/** A problem with its location. It never contains the value. */
export type Flaw = {
  /** The location: `query/limit`, `/data/0/status` (in a body) or `body`. */
  readonly at: string;
  readonly message: string;
};

/** A valid value, or its flaws. */
export type Checked = { readonly value: unknown; readonly flaws?: undefined } | { readonly flaws: readonly Flaw[] };

/**
 * Validates a value.
 * @param part the part of the request; empty for a body
 */
export function check(validator: Validator, value: unknown, part: string): Checked | PromiseLike<Checked> {
  try {
    const result = validator['~standard'].validate(value);
    if (!isPending(result)) return result.issues ? toChecked(result, value, part) : result;
    return result.then(
      (settled) => toChecked(settled, value, part),
      (error) => tooDeep(error, part),
    );
  } catch (error) {
    return tooDeep(error, part);
  }
}

function toChecked(result: ValidationResult<unknown>, value: unknown, part: string): Checked {
  if (!result.issues) return result;
  return {
    flaws: result.issues.map(({ path = [], message }) => {
      const keys = path.map((step) => (typeof step === 'object' ? step.key : step));
      // An integer that was read as a bigint, because a number cannot represent it.
      const isInexact = /\bbigint\b/.test(message) && typeof valueAt(value, toPointer(keys)) === 'bigint';
      return { at: place(part, keys), message: isInexact ? LOSES_DIGITS : message };
    }),
  };
}

/** The name of a location for messages, such as `body/items/0`. */
export function place(part: string, path: readonly PropertyKey[]): string {
  return `${part}${toPointer(path)}` || 'body';
}

/**
 * The result for a value that is nested too deeply for the stack. It is invalid input and not a failure of the server.
 */
function tooDeep(error: unknown, part: string): Checked {
  if (error instanceof RangeError) return { flaws: [{ at: place(part, []), message: 'is nested too deeply' }] };
  throw error;
}

const SHOWN = 5;

/** Describes the first flaws in one line, with the number of further flaws. */
export function describeFlaws(flaws: readonly Flaw[]): string {
  const shown = flaws.slice(0, SHOWN).map(({ at, message }) => `${at}: ${message}`);
  const more = flaws.length - shown.length;
  return `${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}
