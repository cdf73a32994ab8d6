import { sha256 } from './sha256.ts';

/**
 * A digest of plain data, by its contents and the order of its members alone. (`serialize` of `node:v8` also writes how
 * the engine holds a value: which objects are the same one, texts of one or two bytes, integers or floating point.
 * These differ between data that was made and data that was read, and then nothing was recalled.)
 */
export const digestOf = (value: unknown): string => sha256(JSON.stringify(value, exactly) ?? '', 'base64');

/** JSON writes `-0` as `0`. */
const MAY_BE_NEGATIVE = /[:[,]0[,\]}]/;

/**
 * A part of a document as a text that differs for different data. (A `replacer` for each value of a large document takes
 * longer than everything else that recalls a text.)
 */
export function exactText(value: unknown): string {
  const text = JSON.stringify(value) ?? '';
  return MAY_BE_NEGATIVE.test(text) && holdsNegativeZero(value) ? JSON.stringify(value, exactly) : text;
}

function holdsNegativeZero(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return Object.is(value, -0);
  return Object.values(value).some(holdsNegativeZero);
}

/** What JSON would omit, or write like another value. No text of JSON has a member of this name. */
const tagged = (kind: string, value: unknown = null) => ({ '\0': [kind, value] });

function exactly(_key: string, value: unknown): unknown {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0) ? value : tagged(Object.is(value, -0) ? '-0' : `${value}`);
    case 'bigint':
      return tagged('bigint', value.toString());
    case 'undefined':
      return tagged('undefined');
    case 'object':
      if (value instanceof Map) return tagged('map', [...value]);
      return value instanceof Set ? tagged('set', [...value]) : value;
    default:
      return value;
  }
}
