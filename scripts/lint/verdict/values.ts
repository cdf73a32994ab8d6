import { isObject } from '../../common/document/pointer.ts';
import type { Verdict } from './types.ts';

export const sure = (isValid: boolean): Verdict => (isValid ? 'valid' : 'invalid');

/** Values that `===` compares as JSON Schema does. */
export const isCompared = (value: unknown): boolean =>
  value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);

type IsType = (value: unknown) => boolean;

const TYPES: ReadonlyMap<unknown, IsType> = new Map<string, IsType>([
  ['string', (value) => typeof value === 'string'],
  ['boolean', (value) => typeof value === 'boolean'],
  ['null', (value) => value === null],
  ['number', (value) => Number.isFinite(value)],
  ['integer', (value) => Number.isInteger(value)],
  ['array', (value) => Array.isArray(value)],
  ['object', (value) => isObject(value)],
]);

/** Undefined if a name is unknown. */
export function typesOf(names: readonly unknown[]): readonly IsType[] | undefined {
  const types = names.flatMap((name) => TYPES.get(name) ?? []);
  return types.length === names.length ? types : undefined;
}

const patterns = new Map<string, RegExp | undefined>();

/** Many values have the same patterns, and compiling one takes longer than a test. */
export function matchesPattern(text: string, pattern: unknown): Verdict {
  if (typeof pattern !== 'string') return 'unknown';
  if (!patterns.has(pattern)) patterns.set(pattern, compile(pattern));
  const compiled = patterns.get(pattern);
  return compiled === undefined ? 'unknown' : sure(compiled.test(text));
}

function compile(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return undefined;
  }
}
