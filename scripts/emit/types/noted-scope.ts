import type { Direction, Directions } from '../../model/schema/directions.ts';
import type { Resources } from '../../model/schema/graph/resources.ts';
import { isSchemaObject, type SchemaObject } from '../../model/schema/keywords.ts';
import { partsOf } from '../../model/schema/parts.ts';
import { upgradeSchema } from '../../model/schema/types/upgrade.ts';
import type { ApiData, JsonSchema } from '../../model/types.ts';
import type { TypeExpression, TypeName } from './expression.ts';
import type { Notes } from './recall/notes.ts';
import { definitionOf, NOTHING, typeOf } from './schema-type.ts';
import type { TypeScope } from './type-scope.ts';
import { withDescription } from './words.ts';

/** What the types of one model share. */
export type ScopeFacts = {
  readonly api: Pick<ApiData, 'document' | 'int64'>;
  readonly resources: Resources;
  readonly directions: Directions;
  readonly alternatives: TypeScope['alternatives'];
  readonly extensionsOf: TypeScope['extensions'];
  readonly nameOf: (schema: SchemaObject, direction: Direction) => TypeName | undefined;
  readonly notes: Notes;
};

/** Creates the contexts of types. Each notes what is read of other schemas than the one that is typed. */
export function createScopes(facts: ScopeFacts): (direction: Direction) => TypeScope {
  const { api, resources, directions, extensionsOf, nameOf, notes } = facts;
  const isInDocument = (schema: JsonSchema): boolean => resources.placeOf(schema).resource.root === api.document;
  /** Notes a fact about the target of a reference. */
  const noteTarget =
    (kind: 'schema' | 'dropped' | 'alternatives' | 'words', direction: Direction) =>
    (ref: string, from: JsonSchema): void =>
      isInDocument(from) ? notes.note(kind, direction, ref) : notes.noteUnknown();
  const noteSchema = noteTarget('schema', 'any');
  const noteAlternatives = noteTarget('alternatives', 'any');
  const noteWords = noteTarget('words', 'any');
  const resolve: Resources['resolve'] = (ref, from) => {
    noteSchema(ref, from);
    return resources.resolve(ref, from);
  };
  const allParts = createPartsOf(resources.resolve, noteSchema);
  const shared = {
    resources: { ...resources, resolve },
    int64: api.int64,
    partsOf: allParts,
    extensions: extensionsOf,
    alternatives(schema: JsonSchema): number {
      noteInPlace(schema, ['allOf', 'anyOf', 'oneOf'], noteAlternatives);
      return facts.alternatives(schema);
    },
    described: (property: SchemaObject): SchemaObject =>
      withDescription(property, (ref, from) => {
        noteWords(ref, from);
        return resources.resolve(ref, from);
      }),
    typeOf,
  };
  return (direction) => {
    const references = new Map<string, TypeExpression>();
    const noteDropped = noteTarget('dropped', direction);
    const isDropping = directions.isDropping(direction);
    const scope: TypeScope = {
      ...shared,
      named(schema) {
        const name = nameOf(schema, direction);
        if (name === undefined) return undefined;
        notes.note('name', direction, name.key);
        return { kind: 'named', name };
      },
      droppedBy(schema) {
        if (!isDropping || !isSchemaObject(schema)) return [];
        for (const { properties } of allParts(schema))
          for (const inner of Object.values(isSchemaObject(properties) ? properties : {}))
            noteInPlace(inner, ['allOf'], noteDropped);
        return directions.droppedBy(schema, direction);
      },
      reference(schema) {
        if (!isOnlyReference(schema) || !isInDocument(schema)) return undefined;
        notes.note('type', direction, schema.$ref);
        const { $ref } = schema;
        const known = references.get($ref) ?? notes.apart(() => definitionOf({ $ref }, scope, NOTHING));
        references.set($ref, known);
        return known;
      },
    };
    return scope;
  };
}

/** Keywords beside a reference that do not change its type. */
const TEXTS = new Set([
  'title',
  'description',
  'summary',
  'deprecated',
  'default',
  'example',
  'examples',
  'readOnly',
  'writeOnly',
]);

function isOnlyReference(schema: JsonSchema): schema is { readonly $ref: string } {
  if (!isSchemaObject(schema) || typeof schema.$ref !== 'string') return false;
  for (const keyword in schema) if (keyword !== '$ref' && !TEXTS.has(keyword)) return false;
  return true;
}

type NoteReference = (ref: string, from: JsonSchema) => void;

/** Notes the references in a schema and in the parts that these keywords list, without following them. */
function noteInPlace(schema: unknown, keywords: readonly string[], note: NoteReference): void {
  if (!isSchemaObject(schema)) return;
  if (typeof schema.$ref === 'string') note(schema.$ref, schema);
  for (const keyword of keywords) {
    const parts = schema[keyword];
    if (Array.isArray(parts)) for (const part of parts) noteInPlace(part, keywords, note);
  }
}

/** Finds the parts of each composed schema once, because each rule for objects needs them. */
function createPartsOf(resolve: Resources['resolve'], note: NoteReference): TypeScope['partsOf'] {
  type Found = { readonly parts: readonly SchemaObject[]; readonly references: readonly SchemaObject[] };
  const known = new Map<SchemaObject, Found>();
  const find = (schema: SchemaObject): Found => {
    const found = [...partsOf(schema, resolve)];
    const parts = found.map((part) => upgradeSchema(part)).filter(isSchemaObject);
    return { parts, references: found.filter(({ $ref }) => typeof $ref === 'string') };
  };
  return (schema) => {
    if (!('$ref' in schema) && !('allOf' in schema)) return [upgradeSchema(schema)].filter(isSchemaObject);
    const made = known.get(schema) ?? find(schema);
    known.set(schema, made);
    for (const from of made.references) note(String(from.$ref), from);
    return made.parts;
  };
}
