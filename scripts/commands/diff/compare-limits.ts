import { matchesPattern, satisfies } from './accepts-value.ts';
import { asCode } from './as-code.ts';
import { type Comparison, type Finding, isHidden, place } from './findings.ts';
import { formatEffect } from './format-effect.ts';
import { impliedLengths } from './implied-lengths.ts';
import { LOWER, UPPER } from './merge-bounds.ts';

import type { NormalSchema } from './normal-form.ts';
import { sameJson } from './types.ts';

function told(keyword: string, before: unknown, after: unknown): string {
  const shown = (value: unknown): string => (value === undefined ? 'none' : asCode(JSON.stringify(value)));
  return `${asCode(keyword)}: ${shown(before)} → ${shown(after)}`;
}

/** The least whole number that is too large for a format. */
const TOO_LARGE: ReadonlyMap<unknown, number> = new Map([
  ['int32', 2 ** 31],
  ['int64', 2 ** 63],
]);

/** Whether the format of whole numbers implies a bound. */
function isBound(keyword: string, limit: number, { fixed, types }: NormalSchema): boolean {
  const beyond = TOO_LARGE.get(fixed.get('format')?.[0]);
  if (beyond === undefined || types?.has('integer') !== true || types.has('number')) return false;
  return keyword === 'maximum' ? limit >= beyond - 1 : limit <= -beyond;
}

/** Whether the format, a pattern or required properties imply the limit. */
function isImplied(keyword: string, limit: number, schema: NormalSchema, present: number): boolean {
  const { fixed, rest } = schema;
  if (keyword === 'minimum' || keyword === 'maximum') return isBound(keyword, limit, schema);
  if (keyword === 'minProperties') return limit <= present;
  if (keyword === 'maxItems') return schema.items.includes(false) && limit >= schema.tuple.length;
  if (keyword === 'minItems') return limit <= 1 && contains(rest);
  if (!keyword.endsWith('Length')) return false;
  const patterns = fixed.get('pattern') ?? [];
  const [least, most] = impliedLengths(fixed.get('format')?.[0], patterns);
  if (keyword === 'maxLength') return limit >= most;
  // A pattern that does not match the empty text requires a character.
  return limit <= least || (limit <= 1 && patterns.some((pattern) => matchesPattern('', pattern) === false));
}

/** Whether a list must contain an item. */
const contains = (rest: NormalSchema['rest']): boolean => rest.has('contains') && !rest.get('minContains')?.includes(0);

/** The exclusive counterpart of each inclusive bound. */
const EXCLUSIVE: { readonly [inclusive: string]: string } = {
  minimum: 'exclusiveMinimum',
  maximum: 'exclusiveMaximum',
};
const INCLUSIVE = [...LOWER, ...UPPER].filter((keyword) => !Object.values(EXCLUSIVE).includes(keyword));

/** A limit as a schema states it. A count below zero is impossible: `minLength: 0` has no effect. */
type Limit = { readonly keyword: string; readonly value: number | undefined; readonly strictness: number };

function limitOf({ bounds }: NormalSchema, inclusive: string): Limit {
  const exclusive = EXCLUSIVE[inclusive] ?? inclusive;
  const keyword = bounds.has(exclusive) ? exclusive : inclusive;
  const value = bounds.get(keyword);
  const none = /^min(?!imum)/.test(keyword) ? 0 : Number.NEGATIVE_INFINITY;
  return { keyword, value, strictness: value === undefined ? none : LOWER.includes(keyword) ? value : -value };
}

/** Multiples of 10 are multiples of 5. */
function factorEffect(old: readonly unknown[], now: readonly unknown[]): Finding['effect'] {
  const divides = (one: unknown, other: unknown): boolean =>
    Math.abs(Number(other) / Number(one) - Math.round(Number(other) / Number(one))) < Number.EPSILON * 16;
  const implies = (some: readonly unknown[], all: readonly unknown[]): boolean =>
    all.every((each) => some.some((other) => divides(each, other)));
  return implies(now, old) ? 'narrows' : implies(old, now) ? 'widens' : 'unclear';
}

/** Compares bounds, lengths, counts, patterns and formats. */
export function compareLimits(
  before: NormalSchema,
  after: NormalSchema,
  at: string,
  comparison: Comparison,
): readonly Finding[] {
  const found: Finding[] = [];
  const tell = (effect: Finding['effect'], keyword: string, old: unknown, now: unknown): void => {
    // If all listed values satisfy a limit, only the values are compared.
    if (effect === 'widens' && after.values?.every((value) => satisfies(value, keyword, old) === true)) return;
    if (effect === 'narrows' && before.values?.every((value) => satisfies(value, keyword, now) === true)) return;
    found.push({ effect, text: `${place(at)} has a different ${told(keyword, old, now)}` });
  };
  /** The number of properties that are required in this direction. */
  const present = (schema: NormalSchema): number => {
    const normalize = schema === before ? comparison.old : comparison.now;
    const isThere = (name: string): boolean => !isHidden(normalize(schema.properties.get(name) ?? []), comparison);
    return [...schema.required].filter(isThere).length;
  };
  for (const inclusive of INCLUSIVE) {
    const [was, is] = [limitOf(before, inclusive), limitOf(after, inclusive)];
    if (was.strictness === is.strictness && was.keyword === is.keyword) continue;
    const isStricter = is.strictness > was.strictness || (is.strictness === was.strictness && is.keyword !== inclusive);
    const [stricter, other] = isStricter ? [is, before] : [was, after];
    // One side may express a limit by a different keyword than the other.
    if (stricter.value !== undefined && isImplied(inclusive, stricter.value, other, present(other))) continue;
    const [old, now] = [was, is].map(({ keyword, value }) => (keyword === stricter.keyword ? value : undefined));
    tell(isStricter ? 'narrows' : 'widens', stricter.keyword, old, now);
  }
  for (const keyword of new Set([...before.fixed.keys(), ...after.fixed.keys()])) {
    const [old, now] = [before.fixed.get(keyword) ?? [], after.fixed.get(keyword) ?? []];
    const lost = old.filter((value) => !now.some((other) => sameJson(value, other)));
    const won = now.filter((value) => !old.some((other) => sameJson(value, other)));
    const shown = (values: readonly unknown[]): unknown => (values.length > 1 ? values : values[0]);
    if (lost.length + won.length === 0) continue;
    const replaced =
      keyword === 'multipleOf'
        ? factorEffect(old, now)
        : keyword === 'format'
          ? formatEffect(old, now, comparison)
          : 'unclear';
    const effect = lost.length === 0 ? 'narrows' : won.length === 0 ? 'widens' : replaced;
    // In types, the bytes of a file are not a string.
    const isBinary = keyword === 'format' && [...lost, ...won].includes('binary');
    tell(isBinary ? 'unclear' : effect, keyword, shown(old), shown(now));
  }
  return found;
}
