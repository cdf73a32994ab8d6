import { canonical, isJsonObject } from '../json.ts';
import type { Keywords, TypeName } from '../node.ts';
import { type Run, refuse } from '../scope.ts';

const IS: { readonly [type in TypeName]: (value: unknown) => boolean } = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  integer: Number.isInteger,
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
  array: Array.isArray,
  object: isJsonObject,
};

/** `type`: returns the problem of a value's type. */
export function typeProblem(keywords: Keywords): ((value: unknown) => string | undefined) | undefined {
  const { type } = keywords;
  if (type === undefined) return undefined;
  const types: readonly TypeName[] = typeof type === 'string' ? [type] : type;
  const tests = types.map((each) => IS[each]);
  const expected = types.join(' or ');
  return (value) =>
    tests.some((is) => is(value)) ? undefined : `Invalid input: expected ${expected}, received ${typeText(value)}`;
}

function typeText(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** `enum` and `const`, with the equality of JSON values. */
export function valueKeywords(keywords: Keywords): Run[] {
  const runs: Run[] = [];
  if (keywords.enum !== undefined) runs.push(oneOfValues(keywords.enum));
  if ('const' in keywords) runs.push(oneOfValues([keywords.const]));
  return runs;
}

/** Maximum number of values in a message. */
const MOST_SHOWN = 10;

/** Values for a message: `"a"|"b"`, shortened if there are many. */
export function valuesText(values: readonly unknown[]): string {
  const shown = values.slice(0, MOST_SHOWN).map((value) => JSON.stringify(value));
  return values.length > MOST_SHOWN ? `${shown.join('|')}|… (${values.length} values)` : shown.join('|');
}

/** The message for a value that is not allowed. */
export function optionsText(values: readonly unknown[]): string {
  const text = valuesText(values);
  return values.length === 1 ? `Invalid input: expected ${text}` : `Invalid option: expected one of ${text}`;
}

function oneOfValues(values: readonly unknown[]): Run {
  const allowed = new Set(values.map(canonical));
  return (value, scope) => {
    if (!allowed.has(canonical(value))) refuse(scope, optionsText(values), value);
    return value;
  };
}
