import type { OperationValidators, Validator } from '../contract/index.ts';
import { lostDigits } from '../validators/digits/lost-digits.ts';
import { type Checked, type Flaw, place } from './validate.ts';

/** Numbers that JavaScript may change, and `__proto__`, plain or escaped, which validated objects lose. */
const SUSPECT = /\d{16}|\d[eE][-+]?\d\d|__proto__|\\u00[5-7]/;

/** Whether a JSON text needs a second check. Most texts need only this test. */
export const isSuspect = (text: string): boolean => SUSPECT.test(text);

type Given = {
  readonly text: string;
  readonly value: unknown;
  readonly validator: Validator;
  readonly part: string;
  readonly int64: OperationValidators['int64'];
};

/** Returns the validated value, unless it differs from the sent value. */
export function checkExact(checked: Checked, { text, value, validator, part, int64 }: Given): Checked {
  const read = int64 && ((json: string) => int64.read(JSON.parse(json), validator, json));
  const digits = lostDigits(text, validator, read).map(({ path, message }) => ({ at: place(part, path), message }));
  const names = checked.flaws ? [] : lostNames(value, checked.value).map((path) => flawOf(part, path));
  if (digits.length + names.length === 0) return checked;
  return { flaws: [...(checked.flaws ?? []), ...digits, ...names] };
}

const flawOf = (part: string, path: readonly PropertyKey[]): Flaw => ({
  at: place(part, path),
  message: 'a property has a name that is not allowed',
});

/** Whether an object has a property `__proto__` that its validated copy lacks. */
function lostNames(given: unknown, kept: unknown, path: readonly PropertyKey[] = []): readonly PropertyKey[][] {
  if (typeof given !== 'object' || given === null || typeof kept !== 'object' || kept === null) return [];
  const found: PropertyKey[][] = [];
  for (const name of Object.keys(given)) {
    const here = [...path, Array.isArray(given) ? Number(name) : name];
    const isThere = Object.hasOwn(kept, name);
    if (name === '__proto__' && !isThere) found.push(here);
    if (isThere) found.push(...lostNames(memberOf(given, name), memberOf(kept, name), here));
  }
  return found;
}

const memberOf = (value: object, name: string): unknown => (value as { readonly [name: string]: unknown })[name];
