import { toPointer } from '../common/document/pointer.ts';
import type { JsonDocument, StepContext } from './step.ts';
import { transform } from './transform.ts';

/** Dynamic anchors by name, and the pointer of the schema that each of them names. */
export type Anchors = ReadonlyMap<string, string>;

/** The schema resources of a document that have dynamic anchors. */
export type AnchorIndex = {
  /** The anchors of the resource that contains a place. */
  readonly of: (pointer: string) => Anchors;
  /** Whether the schema at this place is the root of a resource. */
  readonly isRoot: (pointer: string) => boolean;
};

const NONE: Anchors = new Map();

/**
 * Finds the dynamic anchors. A component is a resource of its own also without an `$id`: authors mean the anchor of their
 * component, although the standard makes all anchors of a document one set.
 */
export function indexAnchors(document: JsonDocument, { derivations }: Pick<StepContext, 'derivations'>): AnchorIndex {
  const { schemas = {} } = (document.components ?? {}) as { readonly schemas?: object };
  const roots = new Set(Object.keys(schemas).map((name) => toPointer(['components', 'schemas', name])));
  const found: (readonly [name: string, pointer: string])[] = [];
  const read = (schema: JsonDocument, pointer: () => string) => {
    if (typeof schema.$id === 'string') roots.add(pointer());
    if (typeof schema.$dynamicAnchor === 'string') found.push([schema.$dynamicAnchor, pointer()]);
    return schema;
  };
  transform(document, ['Schema'], read, derivations);

  const rootOf = (pointer: string): string => {
    for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) if (roots.has(at)) return at;
    return '';
  };
  const anchors = new Map<string, Map<string, string>>();
  // Outer schemas come last, and an anchor of the resource's own root comes before one inside of it.
  for (const [name, pointer] of found)
    anchors.set(rootOf(pointer), (anchors.get(rootOf(pointer)) ?? new Map()).set(name, pointer));
  return { of: (pointer) => anchors.get(rootOf(pointer)) ?? NONE, isRoot: (pointer) => roots.has(pointer) };
}
