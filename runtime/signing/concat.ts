import { type Data, toBytes } from './bytes.ts';

/**
 * Concatenates text and bytes. A body must be signed as bytes, because bytes that are not valid UTF-8 would change as
 * text.
 *
 * @example
 * ```ts
 * const message = concat('POST\n/orders\n', new TextEncoder().encode('{}'));
 * ```
 */
export function concat(...parts: readonly Data[]): Uint8Array<ArrayBuffer> {
  const all = parts.map(toBytes);
  const joined = new Uint8Array(all.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of all) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
