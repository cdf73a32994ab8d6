import type { Item } from './collections.ts';

export const objectOf = (value: unknown): Item | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;

/** Fills a path template: `/customers/{customer}/orders` becomes `/customers/7/orders`. */
export const fill = (template: string, values: Readonly<Record<string, unknown>>): string =>
  template.replace(/\{([^{}]+)\}/g, (whole, name: string) =>
    values[name] === undefined ? whole : encodeURIComponent(String(values[name])),
  );

export function placeOf(all: readonly Item[], ids: readonly string[], wanted: string): number {
  for (const name of ids) {
    const place = all.findIndex((item) => item[name] !== undefined && String(item[name]) === wanted);
    if (place >= 0) return place;
  }
  return -1;
}

/** Returns an item with its previous id, because an id never changes. */
export function withId(item: Item, ids: readonly string[], old: Item): Item {
  const name = ids.find((each) => old[each] !== undefined);
  return name === undefined ? item : { ...item, [name]: old[name] };
}

/** Creates an id of the type that the contract declares, which no other item has. */
export function freeId(all: readonly Item[], name: string, made: unknown, number: number): unknown {
  const taken = new Set(all.map((item) => String(item[name])));
  let next = number;
  while (taken.has(String(next))) next += 1;
  if (typeof made === 'number' || made === undefined) return next;
  return typeof made === 'string' && !taken.has(made) ? made : `${String(made)}-${next}`;
}

export const typed = (text: string, like: unknown): unknown =>
  typeof like === 'number' && text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;

/** Applies a JSON Merge Patch (RFC 7396). */
export function mergePatch(target: unknown, patch: unknown): unknown {
  const changes = objectOf(patch);
  if (!changes) return patch;
  const merged: Record<string, unknown> = { ...objectOf(target) };
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) Reflect.deleteProperty(merged, name);
    else merged[name] = mergePatch(merged[name], value);
  }
  return merged;
}
