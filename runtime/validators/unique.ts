import { canonical } from './json.ts';

/** Index of the first item that equals an earlier one; undefined where all differ. Linear in the array's size. */
export function duplicateAt(items: readonly unknown[]): number | undefined {
  const seen = new Set<unknown>();
  for (const [index, item] of items.entries()) {
    // Texts of objects and arrays start with a bracket; a NUL keeps them apart from strings that look so.
    const key = typeof item === 'object' && item !== null ? `\0${canonical(item)}` : item;
    if (seen.has(key)) return index;
    seen.add(key);
  }
  return undefined;
}
