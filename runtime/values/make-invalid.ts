import { createRandom } from './random.ts';

type Step = { readonly path: readonly PropertyKey[]; readonly value: unknown };

/** Replacement values: values of other types, and values at the limits of common ranges. */
const OTHERS: readonly unknown[] = [null, true, -1, 0.5, 1e9, '', 'x'.repeat(300), '\u0000', [], {}, [{}], { x: 1 }];

/**
 * Yields invalid values. Each differs from a valid value at one location, where a property is missing, is added, or has
 * a different value. Most violate the schema, but only its validator can decide.
 */
export function* spoilValue(valid: unknown, seed: string): Generator<unknown> {
  const random = createRandom(seed);
  const steps = placesOf(valid);
  for (const { path, value } of shuffle(steps, random)) {
    if (path.length > 0) yield replaceAt(valid, path, REMOVED);
    yield replaceAt(valid, path, OTHERS[Math.floor(random() * OTHERS.length)]);
    if (typeof value === 'number') yield replaceAt(valid, path, value + (random() < 0.5 ? 0.5 : 1e12));
    if (typeof value === 'string') yield replaceAt(valid, path, `${value}!`);
    if (Array.isArray(value)) yield replaceAt(valid, path, [...value, ...value, null]);
    else if (typeof value === 'object' && value !== null) yield replaceAt(valid, path, { ...value, 'no such': 1 });
  }
}

const REMOVED = Symbol('removed');

function placesOf(value: unknown, path: readonly PropertyKey[] = []): readonly Step[] {
  const own: Step = { path, value };
  if (typeof value !== 'object' || value === null || value instanceof Blob) return [own];
  return [own, ...Object.entries(value).flatMap(([name, member]) => placesOf(member, [...path, name]))];
}

function replaceAt(value: unknown, [first, ...rest]: readonly PropertyKey[], other: unknown): unknown {
  if (first === undefined) return other;
  const made = rest.length === 0 ? other : replaceAt((value as Record<PropertyKey, unknown>)[first], rest, other);
  if (Array.isArray(value)) {
    const list: unknown[] = value.with(Number(first), made);
    return made === REMOVED ? list.toSpliced(Number(first), 1) : list;
  }
  const copy = { ...(value as object), [first]: made };
  if (made === REMOVED) Reflect.deleteProperty(copy, first);
  return copy;
}

function shuffle<T>(list: readonly T[], random: () => number): readonly T[] {
  return list
    .map((item) => ({ item, order: random() }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ item }) => item);
}
