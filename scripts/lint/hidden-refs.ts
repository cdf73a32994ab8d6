import type { LoadedSpec } from '../load/types.ts';

/** Not a character of any document: YAML and JSON texts may not hold it as it is. */
const mark = '\u{F0000}';

/**
 * Redocly follows a `$ref` wherever it stands, in examples and extensions too. While it works, such keys have another
 * name; the order of members stays.
 */
export async function withHiddenRefs<T>(
  objects: Iterable<object>,
  keys: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  const hidden = [...objects];
  if (hidden.length === 0) return work();
  for (const object of hidden) rename(object, (key) => (keys.includes(key) ? mark + key : key));
  try {
    return await work();
  } finally {
    for (const object of hidden) rename(object, (key) => (key.startsWith(mark) ? key.slice(mark.length) : key));
  }
}

export function unmarked(text: string): string {
  return text.replaceAll(mark, '');
}

/** For linting: references that are data. */
export function hiddenWhileLinting(spec: LoadedSpec): Iterable<object> {
  return spec.dataRefs;
}

function rename(object: object, name: (key: string) => string): void {
  const entries = Object.entries(object);
  for (const [key] of entries) Reflect.deleteProperty(object, key);
  for (const [key, value] of entries) {
    Object.defineProperty(object, name(key), { value, enumerable: true, configurable: true, writable: true });
  }
}
