import { asCode } from './as-code.ts';
import { type Finding, place } from './findings.ts';
import { LOWER, UPPER } from './merge-parts.ts';
import type { NormalSchema } from './normal-form.ts';
import { sameJson } from './types.ts';

function told(keyword: string, before: unknown, after: unknown): string {
  const shown = (value: unknown): string => (value === undefined ? 'none' : asCode(JSON.stringify(value)));
  return `${asCode(keyword)}: ${shown(before)} → ${shown(after)}`;
}

/** Longer texts could keep a pattern busy for long. */
const LONGEST = 64;

function matches(value: string, keyword: string, limit: unknown): boolean {
  if (keyword !== 'pattern' || typeof limit !== 'string' || value.length > LONGEST) return false;
  try {
    return new RegExp(limit, 'u').test(value);
  } catch {
    return false;
  }
}

/** Whether a value is certainly within a limit. */
function satisfies(value: unknown, keyword: string, limit: unknown): boolean {
  if (typeof value === 'boolean' || value === null) return true;
  const isLength = keyword.endsWith('Length');
  if (keyword === 'pattern' || keyword === 'format') return typeof value !== 'string' || matches(value, keyword, limit);
  if (isLength && typeof value !== 'string') return true;
  if (/imum$/.test(keyword) && typeof value !== 'number') return true;
  const size = isLength ? [...String(value)].length : Number(value);
  if (typeof limit !== 'number') return false;
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
    default:
      return false;
  }
}

/** The lengths of all texts of a format. */
const LENGTHS: ReadonlyMap<unknown, readonly [least: number, most: number]> = new Map([
  ['date', [10, 10]],
  ['uuid', [36, 36]],
  ['date-time', [20, Number.POSITIVE_INFINITY]],
]);

/** Whether the format says as much as a length does. */
function isImplied(keyword: string, limit: number, { fixed }: NormalSchema): boolean {
  const [least, most] = LENGTHS.get(fixed.get('format')?.[0]) ?? [0, Number.POSITIVE_INFINITY];
  return (keyword === 'minLength' && limit <= least) || (keyword === 'maxLength' && limit >= most);
}

/** Bounds, lengths, counts, patterns and formats. */
export function compareLimits(before: NormalSchema, after: NormalSchema, at: string): readonly Finding[] {
  const found: Finding[] = [];
  const tell = (effect: Finding['effect'], keyword: string, old: unknown, now: unknown): void => {
    // Listed values that all satisfy a limit are told by themselves.
    if (effect === 'widens' && after.values?.every((value) => satisfies(value, keyword, old))) return;
    if (effect === 'narrows' && before.values?.every((value) => satisfies(value, keyword, now))) return;
    found.push({ effect, text: `${place(at)} has another ${told(keyword, old, now)}` });
  };
  for (const [keywords, none] of [
    [LOWER, Number.NEGATIVE_INFINITY],
    [UPPER, Number.POSITIVE_INFINITY],
  ] as const) {
    for (const keyword of keywords) {
      const value = ({ bounds }: NormalSchema): number => {
        // A count below zero cannot be: `minLength: 0` says nothing.
        const absent = keywords === LOWER && !/inimum$/.test(keyword) ? 0 : none;
        return bounds.get(keyword) ?? absent;
      };
      if (value(after) === value(before)) continue;
      if ([before, after].every((each) => isImplied(keyword, value(each), each))) continue;
      // Members that are required are counted anyway.
      if (keyword === 'minProperties' && [before, after].every((each) => value(each) <= each.required.size)) continue;
      const rises = value(after) > value(before);
      tell(
        rises === (keywords === LOWER) ? 'narrows' : 'widens',
        keyword,
        before.bounds.get(keyword),
        after.bounds.get(keyword),
      );
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
