import { type Direction, type Directions, schemaDirections } from '../../model/schema/directions.ts';
import { extendedSchemas } from '../../model/schema/extended.ts';
import { nestedName, nestedTargets } from '../../model/schema/graph/nested-targets.ts';
import { onceForEach } from '../../model/schema/graph/once.ts';
import { type Resources, schemaResources } from '../../model/schema/graph/resources.ts';
import { isSchemaObject, type SchemaObject } from '../../model/schema/keywords.ts';
import { createAlternativesCount } from '../../model/schema/shape/alternatives.ts';
import type { JsonSchema } from '../../model/types.ts';
import type { TypeName } from './expression.ts';
import { createScopes } from './noted-scope.ts';
import { createNotes, type Notes } from './recall/notes.ts';
import type { TypeScope } from './type-scope.ts';

/**
 * A schema with more extensions only has its own properties in its type: compilers would need long wherever a longer
 * union is used.
 */
const MOST_EXTENSIONS = 50;

const MAPS: { readonly [direction in Direction]: TypeName['map'] } = {
  any: 'schemas',
  request: 'requestSchemas',
  response: 'responseSchemas',
};
const DIRECTIONS: readonly Direction[] = ['any', 'request', 'response'];

/** A type in `components`, with its schema and its direction. */
export type NamedType = TypeName & { readonly schema: JsonSchema; readonly direction: Direction };

/** The types of a contract that have names. */
export type NamedTypes = {
  readonly scope: (direction: Direction) => TypeScope;
  /** The name of a schema's type in a direction; undefined for a schema that has none. */
  readonly nameOf: (schema: SchemaObject, direction: Direction) => TypeName | undefined;
  /** All named types, components first. */
  readonly all: readonly NamedType[];
  /** The schema with a name. */
  readonly schemaOf: (key: string) => SchemaObject | undefined;
  /** The names of nested schemas. */
  readonly nestedNames: readonly string[];
  readonly extensionsOf: TypeScope['extensions'];
  readonly alternatives: TypeScope['alternatives'];
  readonly directions: Directions;
  readonly resources: Resources;
  /** Notes what is read while a text is made. */
  readonly notes: Notes;
};

/** The named types: those of components, and of nested schemas that a reference points to. */
export const namedTypes = onceForEach((api): NamedTypes => {
  const resources = schemaResources(api);
  const directions = schemaDirections(api);
  const nested = nestedTargets(api);
  const alternatives = createAlternativesCount(resources);
  const extended = new Map(
    extendedSchemas(api, resources).map(({ schema, choices }) => [schema, [...new Set(choices.values())]] as const),
  );
  const keyOf = (schema: SchemaObject): string | undefined => {
    const place = nested.get(schema);
    return resources.componentName(schema) ?? (place === undefined ? undefined : nestedName(place));
  };
  const nameOf = (schema: SchemaObject, direction: Direction): TypeName | undefined => {
    const key = keyOf(schema);
    if (key === undefined) return undefined;
    return { map: MAPS[directions.hasVariant(schema, direction) ? direction : 'any'], key };
  };
  const extensionsOf = (schema: SchemaObject): readonly SchemaObject[] => {
    const found = extended.get(schema) ?? [];
    return found.length > MOST_EXTENSIONS ? [] : found;
  };
  const notes = createNotes();
  const scope = createScopes({ api, resources, directions, alternatives, extensionsOf, nameOf, notes });
  const keys: readonly (readonly [string, JsonSchema])[] = [
    ...api.schemas,
    ...[...nested].map(([schema, place]) => [nestedName(place), schema] as const),
  ];
  const all = DIRECTIONS.flatMap((direction) =>
    keys.flatMap(([key, schema]): readonly NamedType[] => {
      const exists = direction === 'any' || (isSchemaObject(schema) && directions.hasVariant(schema, direction));
      return exists ? [{ map: MAPS[direction], key, schema, direction }] : [];
    }),
  );
  const scopes = new Map(DIRECTIONS.map((direction) => [direction, scope(direction)]));
  const named = new Map(keys.filter((entry): entry is [string, SchemaObject] => isSchemaObject(entry[1])));
  return {
    scope: (direction) => scopes.get(direction) ?? scope(direction),
    nameOf,
    all,
    schemaOf: (key) => named.get(key),
    nestedNames: [...nested.values()],
    extensionsOf,
    alternatives,
    directions,
    resources,
    notes,
  };
});
