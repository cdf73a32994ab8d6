import { isObject } from '../../common/document/pointer.ts';
import { documentShape, type Shape } from '../shapes.ts';
import type { SourceFile } from '../types.ts';
import type { Place } from './resolve-reference.ts';

/** Fields of a document whose objects have no references in OpenAPI. People share them among documents nevertheless. */
const SHARED: ReadonlySet<string> = new Set(['info', 'servers', 'tags', 'externalDocs']);
const DEEPEST = 8;

/** Resolves a reference at a place, or reports an error. */
type Resolve = (ref: string, file: SourceFile, pointer: string) => Place | undefined;

/**
 * Replaces the references in `info`, `servers`, `tags` and `externalDocs` of a document by copies of their targets.
 * Fields beside a reference have priority. Does nothing for other fields.
 */
export function includeParts(document: object, key: string, shape: Shape, file: SourceFile, resolve: Resolve): void {
  if (shape !== documentShape || !SHARED.has(key)) return;
  const include = (value: unknown, from: SourceFile, pointer: string, depth: number): unknown => {
    if (typeof value !== 'object' || value === null || depth > DEEPEST) return value;
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) value[index] = include(item, from, `${pointer}/${index}`, depth + 1);
      return value;
    }
    const { $ref, ...others } = value as { readonly $ref?: unknown };
    const place = typeof $ref === 'string' ? resolve($ref, from, `${pointer}/$ref`) : undefined;
    if (place !== undefined) {
      const copy: unknown = structuredClone(place.value);
      const merged = isObject(copy) ? Object.assign(copy, others) : copy;
      return include(merged, place.file, pointer, depth + 1);
    }
    for (const [name, member] of Object.entries(value)) {
      if (name.startsWith('x-')) continue;
      (value as { [name: string]: unknown })[name] = include(member, from, `${pointer}/${name}`, depth + 1);
    }
    return value;
  };
  const holder = document as { [name: string]: unknown };
  holder[key] = include(holder[key], file, `/${key}`, 0);
}
