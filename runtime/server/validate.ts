import { toPointer, type ValidationResult, type Validator, valueAt } from '../contract/index.ts';
import { LOSES_DIGITS } from '../validators/digits/lost-digits.ts';
import { isPending } from './after.ts';

/** The problem and its location, never with the value itself. */
export type Flaw = {
  /** `query/limit`, `/data/0/status` (in a body), `body`. */
  readonly at: string;
  readonly message: string;
};

/** A valid value, or its flaws. */
export type Checked = { readonly value: unknown; readonly flaws?: undefined } | { readonly flaws: readonly Flaw[] };

/** @param part '' for a body */
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

/** Names a place for messages: `body/items/0`. */
export function place(part: string, path: readonly PropertyKey[]): string {
  return `${part}${toPointer(path)}` || 'body';
}

/** A value that is nested deeper than the stack reaches is wrong, and no failure of the server. */
function tooDeep(error: unknown, part: string): Checked {
  if (error instanceof RangeError) return { flaws: [{ at: place(part, []), message: 'is nested too deeply' }] };
  throw error;
}

const SHOWN = 5;

/** The first flaws in one line, and how many more there are. */
export function describeFlaws(flaws: readonly Flaw[]): string {
  const shown = flaws.slice(0, SHOWN).map(({ at, message }) => `${at}: ${message}`);
  const more = flaws.length - shown.length;
  return `${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}
