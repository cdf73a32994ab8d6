import { defineMember } from '../bundle/copy-tree.ts';
import { escapeToken } from '../common/document/pointer.ts';
import type { Derivations } from '../common/document/provenance.ts';
import { memberShape, type Shape } from '../load/shapes.ts';

/** Changes one object of a document, or returns it unchanged. */
export type Change = (
  value: { readonly [key: string]: unknown },
  name: string,
  pointer: string,
) => { readonly [key: string]: unknown };

/**
 * Walks a document by its shapes, innermost first, and lets `change` replace OpenAPI objects. Unchanged objects keep
 * their identity. The recursion is bounded by the depth limit of loading.
 */
export function transform(
  value: unknown,
  shape: Shape,
  change: Change,
  { derive }: Derivations,
  pointer = '',
): unknown {
  if (typeof value !== 'object' || value === null || shape.kind === 'mapping') return value;
  if (Array.isArray(value)) {
    if (shape.kind !== 'list' && shape.kind !== 'one-or-list') return value;
    const items = value.map((item, index) =>
      transform(item, shape.of, change, { derive } as Derivations, `${pointer}/${index}`),
    );
    return items.some((item, index) => item !== value[index]) ? derive(items, value) : value;
  }
  const inner = shape.kind === 'one-or-list' ? shape.of : shape;
  const original = value as { readonly [key: string]: unknown };
  let copy: { [key: string]: unknown } | undefined;
  for (const key of Object.keys(original)) {
    const of = memberShape(inner, key);
    const member = original[key];
    if (!of || typeof member !== 'object' || member === null) continue;
    const changed = transform(member, of, change, { derive } as Derivations, `${pointer}/${escapeToken(key)}`);
    if (changed === member) continue;
    copy ??= { ...original };
    defineMember(copy, key, changed);
  }
  const current = copy ?? original;
  const result = inner.kind === 'object' ? change(current, inner.name, pointer) : current;
  return result === original ? original : derive(result, original);
}
