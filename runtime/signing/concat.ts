import { type Data, toBytes } from './bytes.ts';

/**
 * Text and bytes in a row, as bytes: a body is signed as it travels, and text would change bytes that are no UTF-8.
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
