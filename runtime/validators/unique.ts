import { canonical } from './json.ts';

/**
 * Index of the first item that equals an earlier one. Undefined if all differ. The time is linear in the size of the
 * array.
 */
export function duplicateAt(items: readonly unknown[]): number | undefined {
  const seen = new Set<unknown>();
  for (const [index, item] of items.entries()) {
    // Texts of objects and arrays start with a bracket. A NUL distinguishes them from strings with the same text.
    const key = typeof item === 'object' && item !== null ? `\0${canonical(item)}` : item;
    if (seen.has(key)) return index;
    seen.add(key);
  }
  return undefined;
}
