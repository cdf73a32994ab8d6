import { declaredHeaders } from '../response-headers.ts';
import type { JsonSchema, Operation } from '../types.ts';
import { extendedSchemas } from './extended.ts';
import { reachedFrom, schemaGraph } from './graph/graph.ts';
import { nestedTargets } from './graph/nested-targets.ts';
import { onceForEach, type Schemas } from './graph/once.ts';
import { type Resources, schemaResources } from './graph/resources.ts';
import { isSchema, isSchemaObject, type SchemaObject } from './keywords.ts';
import { partsOf } from './parts.ts';

/** A request omits readOnly properties, a response omits writeOnly ones. A schema by itself omits nothing. */
export type Direction = 'request' | 'response' | 'any';

/**
 * The directions of an operation's request and responses. The owner of the data sends a webhook, so that its request
 * has what responses have.
 */
export const directionsOf = ({
  descriptor: { webhook },
}: Pick<Operation, 'descriptor'>): readonly [request: 'request' | 'response', responses: 'request' | 'response'] =>
  webhook ? ['response', 'request'] : ['request', 'response'];

const NONE: ReadonlySet<SchemaObject> = new Set();

/** Which parts of a contract's schemas are sent in which direction. */
export type Directions = {
  /** Whether a property of this schema is not sent in that direction. */
  readonly isDropped: (schema: JsonSchema, direction: Direction) => boolean;
  /** Whether any schema omits a property in that direction. */
  readonly isDropping: (direction: Direction) => boolean;
  /** The properties that a schema, or a part that applies with it, omits in that direction. */
  readonly droppedBy: (schema: JsonSchema, direction: Direction) => readonly string[];
  /** Schemas that differ in that direction because they lead to an omitted property. */
  readonly affected: (direction: Direction) => ReadonlySet<SchemaObject>;
  /** Schemas with a separate validator and type for that direction: affected, and used by an operation. */
  readonly hasVariant: (schema: SchemaObject, direction: Direction) => boolean;
};

/** What `readOnly` and `writeOnly` mean for each schema of a document. */
export const schemaDirections = onceForEach((api): Directions => {
  const resources = schemaResources(api);
  const { resolve } = resources;
  const isDropped = (schema: JsonSchema, direction: Direction): boolean =>
    direction !== 'any' && isMarked(schema, direction === 'request' ? 'readOnly' : 'writeOnly', resolve);
  const dropping = onceForEachDirection((direction) => {
    // Reads the last schemas of the graph.
    nestedTargets(api);
    const all = [...resources.read()];
    return new Set(all.filter((schema) => members(schema).some((member) => isDropped(member, direction))));
  });
  // The graph of a large document is only read if a property is omitted.
  const affected = onceForEachDirection((direction) => {
    if (dropping(direction).size === 0) return NONE;
    const graph = schemaGraph(api);
    return withBases(graph.leadingTo(new Set(graph.schemas.filter((schema) => dropping(direction).has(schema)))));
  });
  // A value may match a schema that extends this one, so those schemas count as references.
  const extended = extendedSchemas(api, resources);
  const withBases = (found: ReadonlySet<SchemaObject>): ReadonlySet<SchemaObject> => {
    const more = extended.filter(
      ({ schema, choices }) => !found.has(schema) && [...choices.values()].some((choice) => found.has(choice)),
    );
    return more.length === 0
      ? found
      : withBases(schemaGraph(api).leadingTo(new Set([...found, ...more.map(({ schema }) => schema)])));
  };
  const withChoices = (found: ReadonlySet<SchemaObject>): ReadonlySet<SchemaObject> => {
    const more = extended.flatMap(({ schema, choices }) =>
      found.has(schema) ? [...choices.values()].filter((choice) => !found.has(choice)) : [],
    );
    return more.length === 0 ? found : withChoices(reachedFrom(api, [...found, ...more]));
  };
  const reached = onceForEachDirection((direction) => withChoices(reachedFrom(api, rootsIn(api, direction))));
  /** Whether a property is omitted in what is sent: other schemas need no variant. */
  const differs = onceForEachDirection((direction) => {
    const sent = dropping(direction).size === 0 ? NONE : reached(direction);
    return new Set([...dropping(direction)].filter((schema) => sent.has(schema)));
  });
  return {
    isDropped,
    isDropping: (direction) => dropping(direction).size > 0,
    droppedBy: (schema, direction) => {
      if (dropping(direction).size === 0) return [];
      return [...partsOf(schema, resolve)].flatMap(({ properties }) =>
        Object.entries(isSchemaObject(properties) ? properties : {}).flatMap(([name, inner]) =>
          isSchema(inner) && isDropped(inner, direction) ? [name] : [],
        ),
      );
    },
    affected,
    hasVariant: (schema, direction) =>
      differs(direction).size > 0 && affected(direction).has(schema) && reached(direction).has(schema),
  };
});

function onceForEachDirection<Made>(make: (direction: 'request' | 'response') => Made) {
  const made = new Map<Direction, Made>();
  return (direction: Direction): Made | typeof NONE => {
    if (direction === 'any') return NONE;
    const known = made.get(direction) ?? make(direction);
    made.set(direction, known);
    return known;
  };
}

/** The schemas of an operation's parameters and of its body. */
export const inputSchemas = ({ parameters, body }: Schemas['operations'][number]): readonly JsonSchema[] =>
  [...parameters, ...(body?.content ?? [])].map(({ schema }) => schema);

/** The schemas of requests or responses. */
function rootsIn({ operations }: Schemas, direction: 'request' | 'response'): readonly SchemaObject[] {
  const roots = operations.flatMap((operation): readonly JsonSchema[] => {
    const [asked, returned] = directionsOf(operation);
    const contents = operation.responses.flatMap((response) => [...response.content, ...declaredHeaders(response)]);
    return [
      ...(asked === direction ? inputSchemas(operation) : []),
      ...(returned === direction ? contents.map(({ schema }) => schema) : []),
    ];
  });
  return roots.filter(isSchemaObject);
}

function members(schema: SchemaObject): readonly JsonSchema[] {
  return isSchemaObject(schema.properties) ? (Object.values(schema.properties) as JsonSchema[]) : [];
}

/** Follows references and parts: a property often consists only of these. */
function isMarked(schema: JsonSchema | undefined, keyword: string, resolve: Resources['resolve'], steps = 8): boolean {
  if (!isSchemaObject(schema) || steps === 0) return false;
  if (schema[keyword] === true) return true;
  if (schema.$ref === undefined && schema.allOf === undefined) return false;
  const target = typeof schema.$ref === 'string' ? resolve(schema.$ref, schema) : undefined;
  const parts: readonly JsonSchema[] = Array.isArray(schema.allOf) ? schema.allOf : [];
  return [target, ...parts].some((part) => isMarked(part, keyword, resolve, steps - 1));
}
