import type { SchemaGraph } from '../../model/schema/graph/graph.ts';
import type { SchemaObject } from '../../model/schema/keywords.ts';
import type { Unit } from './units.ts';

/** Maximum nesting of inferred types. From 14 on, TypeScript reports some as excessively deep. */
const MOST = 8;

/**
 * The schemas with so deeply nested types that they get an explicit type, which stops the inference of the types around
 * them: units, and nested schemas at regular depths.
 */
export function deepSchemas(units: ReadonlyMap<SchemaObject, Unit>, graph: SchemaGraph): ReadonlySet<SchemaObject> {
  const deep = new Set<SchemaObject>();
  const depths = new Map<SchemaObject, number>();
  // Most schemas are leaves, with a depth of 0.
  const isLeaf = (schema: SchemaObject): boolean =>
    graph.nested(schema).length === 0 && graph.references(schema).length === 0;
  const isDone = (schema: SchemaObject): boolean => depths.has(schema) || isLeaf(schema);
  const measure = (root: SchemaObject): void => {
    // Inner schemas come after outer ones, so that in reverse order each comes after all that it contains.
    for (const schema of inlineSchemas(root, units, graph, isDone).reverse()) {
      let depth = 0;
      // A recursive unit has an explicit type anyway.
      if (units.get(schema)?.recursive !== true) {
        for (const inner of graph.nested(schema)) depth = Math.max(depth, 1 + (depths.get(inner) ?? 0));
        for (const target of graph.references(schema)) depth = Math.max(depth, depths.get(target) ?? 0);
      }
      if (depth > MOST) deep.add(schema);
      depths.set(schema, depth > MOST ? 0 : depth);
    }
  };
  // Units come after their references.
  for (const unit of units.values()) measure(unit.schema);
  for (const schema of graph.schemas) if (!isDone(schema)) measure(schema);
  return deep;
}

/** A schema and all nested ones that are not done, without the content of units. */
function inlineSchemas(
  root: SchemaObject,
  units: ReadonlyMap<SchemaObject, Unit>,
  graph: SchemaGraph,
  isDone: (schema: SchemaObject) => boolean,
): SchemaObject[] {
  const found: SchemaObject[] = [];
  const waiting = [root];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    found.push(next);
    for (const inner of graph.nested(next)) if (!units.has(inner) && !isDone(inner)) waiting.push(inner);
  }
  return found;
}
