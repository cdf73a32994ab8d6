import { rejectsValue } from './accepts-value.ts';
import { alternativesOf } from './alternatives.ts';
import type { Comparison } from './findings.ts';
import { coversType } from './merge-parts.ts';
import type { NormalSchema } from './normal-form.ts';

/** Deeper levels of properties do not affect the result. */
const DEEPEST = 4;

/**
 * Whether a value for one schema may be valid for the other, too. Properties that one requires and the other does not
 * name separate them, because programs do not send both.
 *
 * @param joined true: programs may send the properties of both
 */
export function overlaps(
  a: NormalSchema,
  b: NormalSchema,
  normalize: Comparison['now'],
  joined = false,
  depth = 0,
): boolean {
  if (a.never || b.never || depth > DEEPEST) return !(a.never || b.never);
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const) {
    const branches = one.unions.length === 0 ? undefined : alternativesOf(one, normalize);
    if (branches !== undefined)
      return branches.some(({ schema }) => overlaps(schema, other, normalize, joined, depth + 1));
  }
  const shared = sharedTypes(a, b);
  if (shared?.length === 0) return false;
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const) {
    if (one.values?.every((value) => rejectsValue(other, value) || rejectsValue(one, value))) return false;
  }
  if (apart(a, b) || apart(b, a)) return false;
  const [format, another] = [a.fixed.get('format')?.[0], b.fixed.get('format')?.[0]];
  if (shared?.join() === 'string' && format && another && format !== another) return false;
  if (shared?.join() !== 'object') return true;
  const [mine, yours] = [lacks(a, b), lacks(b, a)];
  // A value with more properties is also valid for the other schema, if that one accepts additional ones.
  if (!joined && mine.length > 0 && yours.length > 0) return false;
  if ((mine.length > 0 && a.additional.includes(false)) || (yours.length > 0 && b.additional.includes(false)))
    return false;
  return [...new Set([...a.required, ...b.required])].every((name) => {
    const [one, other] = [a.properties.get(name), b.properties.get(name)];
    if (one === undefined || other === undefined) return true;
    return overlaps(normalize(one), normalize(other), normalize, joined, depth + 1);
  });
}

/** Properties that the second schema requires and the first does not declare. */
const lacks = (a: NormalSchema, b: NormalSchema): readonly string[] =>
  [...b.required].filter((name) => !a.properties.has(name));

function sharedTypes({ types: one }: NormalSchema, { types: other }: NormalSchema): readonly string[] | undefined {
  if (one === undefined || other === undefined) return one === other ? undefined : [...(one ?? other ?? [])];
  return [...one]
    .filter((type) => coversType(other, type))
    .concat([...other].filter((type) => type === 'integer' && one.has('number')));
}

const RANGES = [
  ['minimum', 'maximum'],
  ['minLength', 'maxLength'],
  ['minItems', 'maxItems'],
] as const;

const apart = (a: NormalSchema, b: NormalSchema): boolean =>
  RANGES.some(([lower, upper]) => (a.bounds.get(lower) ?? -Infinity) > (b.bounds.get(upper) ?? Infinity));
