import { parsePointer } from '../server/pointer.ts';

/** The value at a JSON Pointer; own members only, undefined where nothing is. */
export function valueAt(value: unknown, pointer: string): unknown {
  let at = value;
  for (const step of parsePointer(pointer)) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined;
    at = (at as Record<string, unknown>)[step];
  }
  return at;
}
