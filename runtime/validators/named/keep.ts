import { type JsonObject, setMember } from '../json.ts';
import { type Holding, nothingSeen, type Seen } from './look.ts';

/**
 * How properties that no schema names are treated. `strip` removes them. `passthrough` removes only those that the
 * contract hides.
 */
export type UnknownKeys = 'strip' | 'passthrough';

/**
 * Returns a copy of a value with the properties that its schemas keep. If no property is removed, it returns the value
 * itself.
 */
export function keep(given: unknown, holdings: readonly Holding[], unknownKeys: UnknownKeys): unknown {
  // `toJSON` is called here as JSON.stringify calls it, because its result must be examined.
  const value = toJson(given);
  if (typeof value !== 'object' || value === null || holdings.length === 0) return value;
  const seen = seenOf(value, holdings);
  return Array.isArray(value)
    ? keepItems(value, seen, unknownKeys)
    : keepMembers(value as JsonObject, seen, unknownKeys);
}

function toJson(value: unknown): unknown {
  const method = (value as { readonly toJSON?: unknown } | null | undefined)?.toJSON;
  return typeof method === 'function' && typeof value === 'object' ? method.call(value, '') : value;
}

function seenOf(value: object, holdings: readonly Holding[]): Seen {
  const [only] = holdings;
  const known = holdings.length === 1 && only?.dynamic === undefined ? only?.look.always?.() : undefined;
  if (known !== undefined) return known;
  const seen = nothingSeen();
  for (const { look, dynamic } of holdings) look.see(value, seen, dynamic);
  return seen;
}

function keepItems(value: readonly unknown[], { items }: Seen, unknownKeys: UnknownKeys): readonly unknown[] {
  if (items.length === 0) return value;
  let kept: unknown[] | undefined;
  for (const [index, item] of value.entries()) {
    if (typeof item !== 'object' || item === null) continue;
    const [only] = items;
    const holdings =
      items.length === 1 && only ? only(index, item) : items.flatMap((holdingOf) => holdingOf(index, item));
    const result = keep(item, holdings, unknownKeys);
    if (result === item) continue;
    kept ??= [...value];
    kept[index] = result;
  }
  return kept ?? value;
}

function keepMembers(value: JsonObject, seen: Seen, unknownKeys: UnknownKeys): JsonObject {
  const { names, dropped, others } = seen;
  const open = seen.open || !seen.named || unknownKeys === 'passthrough';
  // Nothing is removed, and no property has a schema that could remove something.
  if (open && names.size === 0 && dropped.size === 0 && others.length === 0) return value;
  const all = Object.keys(value);
  let kept: { [name: string]: unknown } | undefined;
  for (let at = 0; at < all.length; at += 1) {
    const name = all[at] as string;
    const item = value[name];
    const isObject = typeof item === 'object' && item !== null;
    if (open && !isObject && kept === undefined && (dropped.size === 0 || !dropped.has(name))) continue;
    let holdings = dropped.has(name) ? undefined : names.get(name);
    let known = holdings !== undefined;
    if (!known && !dropped.has(name)) {
      const found = others.flatMap((of) => of(name) ?? []);
      if (found.length > 0) holdings = found;
      known = open || found.length > 0;
    }
    const result = known && isObject && holdings ? keep(item, holdings, unknownKeys) : item;
    if (known && result === item && kept === undefined) continue;
    kept ??= firstOf(value, all, at);
    if (known) setMember(kept, name, result);
  }
  return kept ?? value;
}

function firstOf(value: JsonObject, names: readonly string[], count: number): { [name: string]: unknown } {
  const first: { [name: string]: unknown } = {};
  for (let at = 0; at < count; at += 1) {
    const name = names[at] as string;
    setMember(first, name, value[name]);
  }
  return first;
}
