import type { SchemaGraph } from '../../model/schema/graph/graph.ts';
import { isSchemaObject, type SchemaObject, subschemas } from '../../model/schema/keywords.ts';
import type { Unit } from './units.ts';

/** Levels of inferred types inside each other; from 14 on, TypeScript calls some excessively deep. */
const MOST = 8;

/**
 * The schemas below which so many types stand inside each other that TypeScript is told their type, as a rest for what is
 * around them: units, and schemas at every so many levels of what stands inside one.
 */
export function deepSchemas(units: ReadonlyMap<SchemaObject, Unit>, graph: SchemaGraph): ReadonlySet<SchemaObject> {
  const deep = new Set<SchemaObject>();
  const depths = new Map<SchemaObject, number>();
  const measure = (root: SchemaObject): void => {
    // Inner ones come after outer ones, so that from the end each is after all that it holds.
    for (const schema of inlineSchemas(root, units, depths).reverse()) {
      const inside = subschemas(schema)
        .map((inner) => inner.schema)
        .filter(isSchemaObject);
      const below = inside.map((inner) => 1 + (depths.get(inner) ?? 0));
      const referred = graph.references(schema).map((target) => depths.get(target) ?? 0);
      // TypeScript is told the type of a unit that leads to itself anyway.
      const depth = units.get(schema)?.recursive === true ? 0 : Math.max(0, ...below, ...referred);
      if (depth > MOST) deep.add(schema);
      depths.set(schema, depth > MOST ? 0 : depth);
    }
  };
  // Units come after what they refer to.
  for (const unit of units.values()) measure(unit.schema);
  for (const schema of graph.schemas) if (!depths.has(schema)) measure(schema);
  return deep;
}

/** A schema and all that stand inside it, not looking into units. */
function inlineSchemas(
  root: SchemaObject,
  units: ReadonlyMap<SchemaObject, Unit>,
  known: ReadonlyMap<SchemaObject, unknown>,
): SchemaObject[] {
  const found: SchemaObject[] = [];
  const waiting = [root];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    found.push(next);
    for (const { schema: inner } of subschemas(next))
      if (isSchemaObject(inner) && !units.has(inner) && !known.has(inner)) waiting.push(inner);
  }
  return found;
}
