import { discriminatorChoices } from '../../model/schema/discriminator.ts';
import type { SchemaGraph } from '../../model/schema/graph.ts';
import { isSchemaObject, type SchemaObject } from '../../model/schema/keywords.ts';

/** Schemas that ask what others have evaluated. */
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

/**
 * Schemas that openapi-typescript types by the `discriminator` that they belong to: those that it chooses from, and
 * those that extend the one that has it.
 */
export function discriminatedSchemas(graph: SchemaGraph): ReadonlySet<SchemaObject> {
  const found = new Set<SchemaObject>();
  const listed = (schema: SchemaObject, keyword: string): readonly SchemaObject[] =>
    Array.isArray(schema[keyword]) ? schema[keyword].filter(isSchemaObject) : [];
  for (const schema of graph.schemas) {
    if (isSchemaObject(schema.discriminator) && discriminatorChoices(schema, graph.resources) !== 'contradictory') {
      for (const option of [...listed(schema, 'oneOf'), ...listed(schema, 'anyOf')]) {
        for (const target of graph.references(option)) found.add(target);
      }
    }
    const bases = listed(schema, 'allOf').flatMap((part) => graph.references(part));
    if (bases.some((base) => isSchemaObject(base.discriminator))) found.add(schema);
  }
  return found;
}
