import { matchesPattern, satisfies } from './accepts-value.ts';
import { asCode } from './as-code.ts';
import { type Finding, place } from './findings.ts';
import { LOWER, UPPER } from './merge-parts.ts';
import type { NormalSchema } from './normal-form.ts';
import { sameJson } from './types.ts';

function told(keyword: string, before: unknown, after: unknown): string {
  const shown = (value: unknown): string => (value === undefined ? 'none' : asCode(JSON.stringify(value)));
  return `${asCode(keyword)}: ${shown(before)} → ${shown(after)}`;
}

/** The lengths of all texts of a format. */
const LENGTHS: ReadonlyMap<unknown, readonly [least: number, most: number]> = new Map([
  ['date', [10, 10]],
  ['uuid', [36, 36]],
  ['date-time', [20, Number.POSITIVE_INFINITY]],
]);

/** Whether the format, a pattern or required properties imply the limit. */
function isImplied(keyword: string, limit: number, { fixed, required, rest }: NormalSchema): boolean {
  const [least, most] = LENGTHS.get(fixed.get('format')?.[0]) ?? [0, Number.POSITIVE_INFINITY];
  if (keyword === 'maxLength') return limit >= most;
  if (keyword === 'minProperties') return limit <= required.size;
  if (keyword === 'minItems') return limit <= 1 && contains(rest);
  if (keyword !== 'minLength') return false;
  // A pattern that does not match the empty text requires a character.
  const isFilled = fixed.get('pattern')?.some((pattern) => matchesPattern('', pattern) === false);
  return limit <= least || (limit <= 1 && isFilled === true);
}

/** Whether a list must contain an item. */
const contains = (rest: NormalSchema['rest']): boolean => rest.has('contains') && !rest.get('minContains')?.includes(0);

/** Bounds, lengths, counts, patterns and formats. */
export function compareLimits(before: NormalSchema, after: NormalSchema, at: string): readonly Finding[] {
  const found: Finding[] = [];
  const tell = (effect: Finding['effect'], keyword: string, old: unknown, now: unknown): void => {
    // If all listed values satisfy a limit, only the values are compared.
    if (effect === 'widens' && after.values?.every((value) => satisfies(value, keyword, old) === true)) return;
    if (effect === 'narrows' && before.values?.every((value) => satisfies(value, keyword, now) === true)) return;
    found.push({ effect, text: `${place(at)} has another ${told(keyword, old, now)}` });
  };
  for (const [keywords, none] of [
    [LOWER, Number.NEGATIVE_INFINITY],
    [UPPER, Number.POSITIVE_INFINITY],
  ] as const) {
    for (const keyword of keywords) {
      const value = ({ bounds }: NormalSchema): number => {
        // A count below zero is impossible: `minLength: 0` has no effect.
        const absent = keywords === LOWER && !/inimum$/.test(keyword) ? 0 : none;
        return bounds.get(keyword) ?? absent;
      };
      if (value(after) === value(before)) continue;
      const effect = value(after) > value(before) === (keywords === LOWER) ? 'narrows' : 'widens';
      // One side may express by another keyword what the other expresses by a limit.
      if (effect === 'widens' ? isImplied(keyword, value(before), after) : isImplied(keyword, value(after), before))
        continue;
      tell(effect, keyword, before.bounds.get(keyword), after.bounds.get(keyword));
    }
  }
  for (const keyword of new Set([...before.fixed.keys(), ...after.fixed.keys()])) {
    const [old, now] = [before.fixed.get(keyword) ?? [], after.fixed.get(keyword) ?? []];
    const lost = old.filter((value) => !now.some((other) => sameJson(value, other)));
    const won = now.filter((value) => !old.some((other) => sameJson(value, other)));
    const shown = (values: readonly unknown[]): unknown => (values.length > 1 ? values : values[0]);
    if (lost.length + won.length > 0)
      tell(lost.length === 0 ? 'narrows' : won.length === 0 ? 'widens' : 'unclear', keyword, shown(old), shown(now));
  }
  return found;
}
