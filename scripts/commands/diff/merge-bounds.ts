import type { JsonObject } from '../../common/document/pointer.ts';

/** Lower bounds. The stricter of an exclusive and an inclusive bound replaces both. */
export const LOWER = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'];
/** Upper bounds. */
export const UPPER = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'];

const NUMBERS = ['integer', 'number'];
/** The types that a keyword limits. Values of other types satisfy it. */
const LIMITED: readonly (readonly [keyword: RegExp, types: readonly string[]])[] = [
  [/imum$|^multipleOf$/, NUMBERS],
  [/Length$|^pattern$|^content/, ['string']],
  [/Items$/, ['array']],
  [/Properties$/, ['object']],
];

/** Whether a keyword has no effect on values of these types. */
export function isVoid(keyword: string, types: ReadonlySet<string> | undefined): boolean {
  const limited = LIMITED.find(([pattern]) => pattern.test(keyword))?.[1];
  return types !== undefined && limited !== undefined && !limited.some((type) => types.has(type));
}

/**
 * Bounds, lengths and counts of parts that apply together: the strictest of each, without those that have no effect.
 */
export function mergeBounds(
  parts: readonly JsonObject[],
  types: ReadonlySet<string> | undefined,
): ReadonlyMap<string, number> {
  const bounds = new Map<string, number>();
  for (const part of parts)
    for (const keyword of [...LOWER, ...UPPER]) {
      const [value, known] = [part[keyword], bounds.get(keyword)];
      if (typeof value !== 'number' || isVoid(keyword, types)) continue;
      const strictest = LOWER.includes(keyword) ? Math.max : Math.min;
      bounds.set(keyword, known === undefined ? value : strictest(known, value));
    }
  const areWhole = types !== undefined && !types.has('number');
  for (const [inclusive, exclusive, sign] of [
    ['minimum', 'exclusiveMinimum', 1],
    ['maximum', 'exclusiveMaximum', -1],
  ] as const) {
    const [beyond, at] = [bounds.get(exclusive), bounds.get(inclusive)];
    if (areWhole && (beyond ?? at) !== undefined) {
      // The next whole number: `exclusiveMinimum: 0` of integers is `minimum: 1`.
      const next = [
        ...(at === undefined ? [] : [Math.ceil(sign * at)]),
        ...(beyond === undefined ? [] : [Math.floor(sign * beyond) + 1]),
      ];
      bounds.delete(exclusive);
      bounds.set(inclusive, sign * Math.max(...next));
    } else if (beyond !== undefined && at !== undefined)
      bounds.delete(sign * beyond >= sign * at ? inclusive : exclusive);
  }
  return bounds;
}
