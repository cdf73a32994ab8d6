import { components } from '../../model/schema/graph/components.ts';
import type { SchemaGraph } from '../../model/schema/graph/graph.ts';
import { isSchemaObject, type SchemaObject } from '../../model/schema/keywords.ts';
import type { Api } from '../../model/types.ts';

/** A schema with a constant of its own: a component, or another target of a reference. */
export type Unit = {
  readonly schema: SchemaObject;
  /** The component's name; undefined for a schema that is not one. */
  readonly component: string | undefined;
  /** Its index in the emitted order. A unit refers lazily to later units and to those of its own cycle. */
  readonly order: number;
  /** Units that refer to each other have the same number. */
  readonly cycle: number;
  readonly recursive: boolean;
  /** The units that it contains or refers to, without those inside these. */
  readonly needs: readonly SchemaObject[];
};

/** The units in the order in which their constants must be defined. */
export function orderUnits(api: Pick<Api, 'schemas'>, graph: SchemaGraph): ReadonlyMap<SchemaObject, Unit> {
  const names = new Map<SchemaObject, string | undefined>();
  for (const [name, schema] of api.schemas) if (isSchemaObject(schema) && !names.has(schema)) names.set(schema, name);
  for (const schema of graph.schemas) {
    for (const target of graph.references(schema)) if (!names.has(target)) names.set(target, undefined);
    // An outer resource may decide the target of a dynamic anchor.
    if (typeof schema.$dynamicAnchor === 'string' && !names.has(schema)) names.set(schema, undefined);
  }
  const units = new Map<SchemaObject, Unit>();
  const needs = new Map([...names.keys()].map((schema) => [schema, neededUnits(schema, names, graph)]));
  for (const [cycle, group] of components([...names.keys()], (schema) => needs.get(schema) ?? []).entries()) {
    for (const schema of group.members) {
      units.set(schema, {
        schema,
        component: names.get(schema),
        order: units.size,
        cycle,
        recursive: group.recursive,
        needs: needs.get(schema) ?? [],
      });
    }
  }
  return units;
}

/** The units that `schema` contains or refers to, without looking inside units. */
export function neededUnits(
  schema: SchemaObject,
  units: ReadonlyMap<SchemaObject, unknown>,
  graph: SchemaGraph,
): readonly SchemaObject[] {
  const found = new Set<SchemaObject>();
  const waiting: SchemaObject[] = [schema];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const target of graph.references(next)) found.add(target);
    for (const inner of graph.nested(next)) {
      if (units.has(inner)) found.add(inner);
      else waiting.push(inner);
    }
  }
  return [...found];
}
