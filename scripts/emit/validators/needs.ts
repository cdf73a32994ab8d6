import type { SchemaGraph } from '../../model/schema/graph/graph.ts';
import type { SchemaObject } from '../../model/schema/keywords.ts';

/** Schemas whose result depends on the properties or items that other schemas have evaluated. */
export function unevaluatedSchemas(graph: SchemaGraph): readonly SchemaObject[] {
  return graph.schemas.filter((schema) => 'unevaluatedProperties' in schema || 'unevaluatedItems' in schema);
}

/** Schemas whose meaning may depend on how they were reached: they lead to a `$dynamicRef` with a dynamic anchor. */
export function needsDynamicScope(graph: SchemaGraph): ReadonlySet<SchemaObject> {
  const { dynamicAnchor } = graph.resources;
  const asking = graph.schemas.filter(
    (schema) => typeof schema.$dynamicRef === 'string' && dynamicAnchor(schema.$dynamicRef, schema) !== undefined,
  );
  return asking.length === 0 ? new Set() : graph.leadingTo(new Set(asking));
}
