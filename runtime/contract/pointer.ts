import type { JsonPointer } from './descriptors.ts';

/** Parsed pointers are cached, because a contract has few and each call uses them. */
const known = /* @__PURE__ */ new Map<JsonPointer, readonly string[]>();

/** The property names in a JSON Pointer (RFC 6901), in order. */
export function parsePointer(pointer: JsonPointer): readonly string[] {
  let keys = known.get(pointer);
  if (!keys) {
    keys = pointer
      .split('/')
      .slice(1)
      .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
    if (known.size < 1_000) known.set(pointer, keys);
  }
  return keys;
}

/** The JSON Pointer (RFC 6901) of a path of keys: `/data/0/coin`. */
export const toPointer = (keys: readonly PropertyKey[]): JsonPointer =>
  keys.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** The value at a JSON Pointer, from own properties only. Undefined if it does not exist. */
export function valueAt(value: unknown, pointer: JsonPointer): unknown {
  let found = value;
  for (const key of parsePointer(pointer)) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined;
    found = (found as Record<string, unknown>)[key];
  }
  return found;
}

/** A copy with a different value at a JSON Pointer. Missing objects are created. */
export function withValueAt(value: unknown, pointer: JsonPointer, replacement: unknown): unknown {
  const place = (at: unknown, [key, ...rest]: readonly string[]): unknown =>
    key === undefined ? replacement : { ...(at as object), [key]: place(valueAt(at, toPointer([key])), rest) };
  return place(value, parsePointer(pointer));
}
