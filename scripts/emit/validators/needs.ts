import { discriminatorChoices } from '../../model/schema/discriminator.ts';
import type { SchemaGraph } from '../../model/schema/graph/graph.ts';
import type { Schemas } from '../../model/schema/graph/once.ts';
import { isSchemaObject, type SchemaObject } from '../../model/schema/keywords.ts';
import { inheritedTags } from '../../model/schema/types/inherited-tags.ts';

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

/** Schemas that are typed by the `discriminator` that they belong to: what it chooses from, and what extends its owner. */
export function discriminatedSchemas(api: Schemas, graph: SchemaGraph): ReadonlySet<SchemaObject> {
  const found = new Set(inheritedTags(api).keys());
  const listed = (schema: SchemaObject, keyword: string): readonly SchemaObject[] =>
    Array.isArray(schema[keyword]) ? schema[keyword].filter(isSchemaObject) : [];
  for (const schema of graph.schemas) {
    if (isSchemaObject(schema.discriminator) && discriminatorChoices(schema, graph.resources) !== 'contradictory') {
      for (const option of [...listed(schema, 'oneOf'), ...listed(schema, 'anyOf')]) {
        for (const target of graph.references(option)) found.add(target);
      }
    }
  }
  return found;
}
