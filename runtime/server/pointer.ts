import type { JsonPointer } from '../contract/index.ts';

/** The members that a JSON Pointer names, in order. */
export function parsePointer(pointer: JsonPointer): readonly string[] {
  if (pointer === '') return [];
  return pointer
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

export function formatPointer(path: readonly PropertyKey[]): JsonPointer {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Writes into objects that it makes on the way; a pointer through a member that holds something else replaces it. */
export function setAt(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const last = path.at(-1);
  if (last === undefined) return;
  let at = target;
  for (const part of path.slice(0, -1)) {
    const known = Object.hasOwn(at, part) ? at[part] : undefined;
    const next: Record<string, unknown> = typeof known === 'object' && known !== null ? { ...known } : {};
    define(at, part, next);
    at = next;
  }
  define(at, last, value);
}

/** Also right for `__proto__`. */
function define(target: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}
