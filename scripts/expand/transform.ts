import { defineMember } from '../common/document/copy-tree.ts';
import { toPointer } from '../common/document/pointer.ts';
import type { Derivations } from '../common/document/provenance.ts';
import { documentShape, innerShapes, memberShape, type Shape } from '../load/shapes.ts';
import type { JsonDocument } from './step.ts';

/** Changes one object of a document, or returns it unchanged. `pointer` returns its place. */
export type Change = (value: JsonDocument, pointer: () => string) => JsonDocument;

/**
 * Walks a document by its shapes, innermost first, and lets `change` replace the OpenAPI objects with one of the given
 * names. Objects that contain none of them are skipped. Unchanged objects keep their identity. The recursion is bounded
 * by the depth limit of loading.
 */
export function transform(
  document: JsonDocument,
  names: readonly string[],
  change: Change,
  { derive }: Pick<Derivations, 'derive'>,
): JsonDocument {
  const leading = leadingTo(names);
  const path: (string | number)[] = [];
  const pointer = (): string => toPointer(path);

  const list = (items: readonly unknown[], shape: Shape): unknown => {
    let copy: unknown[] | undefined;
    for (let index = 0; index < items.length; index++) {
      path.push(index);
      const changed = walk(items[index], shape);
      path.pop();
      if (changed === items[index]) continue;
      copy ??= [...items];
      copy[index] = changed;
    }
    return copy === undefined ? items : derive(copy, items);
  };
  const walk = (value: unknown, shape: Shape): unknown => {
    if (typeof value !== 'object' || value === null || shape.kind === 'mapping') return value;
    if (Array.isArray(value))
      return shape.kind === 'list' || shape.kind === 'one-or-list' ? list(value, shape.of) : value;
    const inner = shape.kind === 'one-or-list' ? shape.of : shape;
    const original = value as JsonDocument;
    let copy: { [key: string]: unknown } | undefined;
    for (const key of Object.keys(original)) {
      const member = original[key];
      if (typeof member !== 'object' || member === null) continue;
      const of = memberShape(inner, key);
      if (of === undefined || !leading.has(of)) continue;
      path.push(key);
      const changed = walk(member, of);
      path.pop();
      if (changed === member) continue;
      copy ??= { ...original };
      defineMember(copy, key, changed);
    }
    const current = copy ?? original;
    const result = inner.kind === 'object' && names.includes(inner.name) ? change(current, pointer) : current;
    return result === original ? original : derive(result, original);
  };
  return walk(document, documentShape) as JsonDocument;
}

/** The shapes of the objects with one of these names, and all that contain them. */
function leadingTo(names: readonly string[]): ReadonlySet<Shape> {
  const containers = new Map<Shape, Set<Shape>>([[documentShape, new Set()]]);
  // The map grows while it is read.
  for (const [shape] of containers) {
    for (const inner of innerShapes(shape)) containers.set(inner, (containers.get(inner) ?? new Set()).add(shape));
  }
  const leading = new Set<Shape>();
  const waiting = [...containers.keys()].filter((shape) => shape.kind === 'object' && names.includes(shape.name));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (leading.has(next)) continue;
    leading.add(next);
    waiting.push(...(containers.get(next) ?? []));
  }
  return leading;
}
