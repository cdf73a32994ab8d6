import { coversType, typeOfValue } from './merge-parts.ts';
import type { NormalSchema } from './normal-form.ts';
import { sameJson } from './types.ts';

/** Longer texts could keep a pattern busy for long. */
const LONGEST = 64;

/** A pattern of a format's texts: a text that does not match it cannot have the format. */
const SHAPES: ReadonlyMap<unknown, RegExp> = new Map([
  ['date', /^.{10}$/],
  ['uuid', /^.{36}$/],
  ['date-time', /^.{20}/],
  ['email', /.@./],
]);

/** Whether a pattern matches a text; undefined if the pattern is invalid in ECMAScript. */
export function matchesPattern(value: string, pattern: unknown): boolean | undefined {
  if (typeof pattern !== 'string' || value.length > LONGEST) return undefined;
  try {
    return new RegExp(pattern, 'u').test(value);
  } catch {
    return undefined;
  }
}

/** Whether a value is within a limit; undefined if unknown. */
export function satisfies(value: unknown, keyword: string, limit: unknown): boolean | undefined {
  if (typeof value === 'boolean' || value === null) return true;
  const isLength = keyword.endsWith('Length');
  if (keyword === 'pattern') return typeof value !== 'string' || matchesPattern(value, limit);
  if (keyword === 'format')
    return typeof value !== 'string' || (SHAPES.get(limit)?.test(value) === false ? false : undefined);
  if (isLength && typeof value !== 'string') return true;
  if (/imum$|^multipleOf$/.test(keyword) && typeof value !== 'number') return true;
  const size = isLength ? [...String(value)].length : Number(value);
  if (typeof limit !== 'number') return undefined;
  switch (keyword) {
    case 'minimum':
    case 'minLength':
      return size >= limit;
    case 'maximum':
    case 'maxLength':
      return size <= limit;
    case 'exclusiveMinimum':
      return size > limit;
    case 'exclusiveMaximum':
      return size < limit;
    case 'multipleOf':
      return Number.isInteger(size) && Number.isInteger(limit) ? size % limit === 0 : undefined;
    default:
      return undefined;
  }
}

/** Whether a schema certainly rejects a value: by its type, its listed values, a bound, a pattern or a format. */
export function rejectsValue({ types, values, bounds, fixed }: NormalSchema, value: unknown): boolean {
  if (types !== undefined && !coversType(types, typeOfValue(value))) return true;
  if (values !== undefined && !values.some((each) => sameJson(each, value))) return true;
  if (Array.isArray(value) || (typeof value === 'object' && value !== null)) return false;
  const limits = [...bounds, ...[...fixed].flatMap(([keyword, all]) => all.map((limit) => [keyword, limit] as const))];
  return limits.some(([keyword, limit]) => satisfies(value, keyword, limit) === false);
}
