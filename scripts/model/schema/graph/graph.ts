import { isSchemaObject, type SchemaObject, subschemas } from '../keywords.ts';
import { onceForEach, type Schemas } from './once.ts';
import { type Resources, schemaResources } from './resources.ts';
import { schemaRoots } from './roots.ts';

/** Which schema leads to which, by nesting or by a reference. */
export type SchemaGraph = {
  readonly resources: Resources;
  /** Every schema object that an operation or a component contains or references, outer before inner. */
  readonly schemas: readonly SchemaObject[];
  /** Whether a schema is in `schemas`. A schema that was derived from another is not. */
  readonly has: (schema: SchemaObject) => boolean;
  /** The targets of `$ref` and `$dynamicRef` of a schema. */
  readonly references: (schema: SchemaObject) => readonly SchemaObject[];
  /** The schema objects directly inside a schema. */
  readonly nested: (schema: SchemaObject) => readonly SchemaObject[];
  /** The schemas that are in `marked` or lead to one in it. */
  readonly leadingTo: (marked: ReadonlySet<SchemaObject>) => ReadonlySet<SchemaObject>;
  /** The schemas in `from` and all that they lead to. */
  readonly reachedFrom: (from: Iterable<SchemaObject>) => ReadonlySet<SchemaObject>;
  /** The schemas that apply to the same value as a schema: its compositions, and the targets of its references. */
  readonly inPlace: (schema: SchemaObject) => readonly SchemaObject[];
  /** The schemas in `from` and those that apply to the same value as one of them. */
  readonly inPlaceFrom: (from: Iterable<SchemaObject>) => ReadonlySet<SchemaObject>;
};

type Edges = {
  readonly inPlace: readonly SchemaObject[];
  readonly nested: readonly SchemaObject[];
  readonly references: readonly SchemaObject[];
  /** `references` and `nested`. */
  readonly all: readonly SchemaObject[];
};

const NONE: readonly SchemaObject[] = [];
const NO_EDGES: Edges = { inPlace: NONE, nested: NONE, references: NONE, all: NONE };

/** Reads every schema once, for any number of calls. Linear in the document's size. */
export const schemaGraph = onceForEach(buildSchemaGraph);

/** Edges that were needed before the graph. */
const readBefore = onceForEach(() => new Map<SchemaObject, Edges>());

/** The schemas in `from`, which must be in the graph, and all that they lead to. Reads no others. */
export function reachedFrom(api: Schemas, from: Iterable<SchemaObject>): ReadonlySet<SchemaObject> {
  const resources = schemaResources(api);
  const known = readBefore(api);
  return closure(from, (schema) => {
    const edges = known.get(schema) ?? edgesOf(schema, resources);
    known.set(schema, edges);
    return edges.all;
  });
}

function buildSchemaGraph(api: Schemas): SchemaGraph {
  const resources = schemaResources(api);
  const before = readBefore(api);
  const edges = new Map<SchemaObject, Edges>();
  for (const { schema: root } of schemaRoots(api)) {
    const waiting = [root];
    for (let schema = waiting.pop(); schema !== undefined; schema = waiting.pop()) {
      if (!isSchemaObject(schema) || edges.has(schema)) continue;
      const next = before.get(schema) ?? edgesOf(schema, resources);
      edges.set(schema, next);
      for (let at = next.all.length - 1; at >= 0; at -= 1) waiting.push(next.all[at] as SchemaObject);
    }
  }
  let sources: ReturnType<typeof reversed> | undefined;
  const inner = (schema: SchemaObject) => edges.get(schema) ?? NO_EDGES;
  return {
    resources,
    schemas: [...edges.keys()],
    has: (schema) => edges.has(schema),
    references: (schema) => inner(schema).references,
    nested: (schema) => inner(schema).nested,
    leadingTo: (marked) => {
      sources ??= reversed(edges);
      return closure(marked, sources);
    },
    reachedFrom: (from) => closure(from, (schema) => inner(schema).all),
    inPlace: (schema) => inner(schema).inPlace,
    inPlaceFrom: (from) => closure(from, (schema) => inner(schema).inPlace),
  };
}

function edgesOf(schema: SchemaObject, resources: Resources): Edges {
  const inside = subschemas(schema);
  const references =
    schema.$ref === undefined && schema.$dynamicRef === undefined
      ? NONE
      : [schema.$ref, schema.$dynamicRef]
          .map((ref) => (typeof ref === 'string' ? resources.resolve(ref, schema) : undefined))
          .filter(isSchemaObject);
  // Most schemas are leaves.
  if (inside.length === 0)
    return references.length === 0 ? NO_EDGES : { references, nested: NONE, inPlace: references, all: references };
  const nested: SchemaObject[] = [];
  const inPlace = [...references];
  for (const each of inside) {
    if (!isSchemaObject(each.schema)) continue;
    nested.push(each.schema);
    if (each.inPlace) inPlace.push(each.schema);
  }
  return { references, nested, inPlace, all: references.length === 0 ? nested : [...references, ...nested] };
}

function reversed(edges: ReadonlyMap<SchemaObject, Edges>): (schema: SchemaObject) => readonly SchemaObject[] {
  const sources = new Map<SchemaObject, SchemaObject[]>();
  for (const [from, { all }] of edges) {
    for (const to of all) {
      const known = sources.get(to);
      if (known === undefined) sources.set(to, [from]);
      else known.push(from);
    }
  }
  return (schema) => sources.get(schema) ?? [];
}

function closure(
  from: Iterable<SchemaObject>,
  next: (schema: SchemaObject) => readonly SchemaObject[],
): ReadonlySet<SchemaObject> {
  const found = new Set<SchemaObject>();
  const waiting = [...from];
  for (let schema = waiting.pop(); schema !== undefined; schema = waiting.pop()) {
    if (found.has(schema)) continue;
    found.add(schema);
    for (const each of next(schema)) if (!found.has(each)) waiting.push(each);
  }
  return found;
}
