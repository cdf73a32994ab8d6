import type { SchemaGraph } from '../../model/schema/graph/graph.ts';
import { isSchemaObject, type SchemaObject, subschemas } from '../../model/schema/keywords.ts';
import type { Unit } from './units.ts';

/** Levels of inferred types inside each other; from 15 on, TypeScript calls some excessively deep. */
const MOST = 8;

/**
 * The schemas of units below which so many types stand inside each other that TypeScript is told their type, as a rest
 * for whoever refers to them.
 */
export function deepSchemas(units: ReadonlyMap<SchemaObject, Unit>, graph: SchemaGraph): ReadonlySet<SchemaObject> {
  const deep = new Set<SchemaObject>();
  const depths = new Map<SchemaObject, number>();
  // Units come after what they refer to.
  for (const unit of units.values()) {
    const depth = unit.recursive ? 0 : depthOf(unit.schema, units, graph, depths);
    if (depth > MOST) deep.add(unit.schema);
    depths.set(unit.schema, depth > MOST ? 0 : depth);
  }
  return deep;
}

/** Levels inside a schema, with those of the units that it holds or refers to. */
function depthOf(
  root: SchemaObject,
  units: ReadonlyMap<SchemaObject, Unit>,
  graph: SchemaGraph,
  depths: ReadonlyMap<SchemaObject, number>,
): number {
  let deepest = 0;
  const waiting = [{ schema: root, level: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { schema, level } = next;
    deepest = Math.max(deepest, level);
    for (const target of graph.references(schema)) deepest = Math.max(deepest, level + (depths.get(target) ?? 0));
    for (const { schema: inner } of subschemas(schema)) {
      if (!isSchemaObject(inner)) continue;
      if (units.has(inner)) deepest = Math.max(deepest, level + 1 + (depths.get(inner) ?? 0));
      else waiting.push({ schema: inner, level: level + 1 });
    }
  }
  return deepest;
}
