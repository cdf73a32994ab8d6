import type { JsonSchema } from '../types.ts';

/** A schema that is not a boolean. */
export type SchemaObject = { readonly [keyword: string]: unknown };

const SINGLE = [
  'additionalProperties',
  'contains',
  'contentSchema',
  'else',
  'if',
  'items',
  'not',
  'propertyNames',
  'then',
  'unevaluatedItems',
  'unevaluatedProperties',
] as const;
const LISTS = ['allOf', 'anyOf', 'oneOf', 'prefixItems'] as const;
const MAPS = ['$defs', 'definitions', 'dependentSchemas', 'patternProperties', 'properties'] as const;

/** What a keyword contains: a schema, a list of them or a map of them. In the order of `subschemas`. */
const HOLDERS: ReadonlyMap<string, 'one' | 'list' | 'map'> = new Map([
  ...SINGLE.map((keyword) => [keyword, 'one'] as const),
  ...LISTS.map((keyword) => [keyword, 'list'] as const),
  ...MAPS.map((keyword) => [keyword, 'map'] as const),
]);
const NONE: readonly Subschema[] = [];

/**
 * Keywords whose schemas apply to the same value as the schema that contains them, so that their annotations count for
 * it.
 */
const IN_PLACE = new Set(['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'dependentSchemas']);

/** Names that every object inherits: `'toString' in {}` is true, so that they need a special check. */
export const INHERITED_NAMES: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** A nested schema. */
export type Subschema = {
  readonly keyword: string;
  /** Path below the outer schema: `['properties', 'name']`. */
  readonly tokens: readonly string[];
  readonly schema: JsonSchema;
  readonly inPlace: boolean;
};

/** The schemas directly inside `schema`, in a fixed order. */
export function subschemas(schema: JsonSchema): readonly Subschema[] {
  if (typeof schema === 'boolean') return NONE;
  // Most schemas are leaves or have one such keyword, and every pass over a document visits each of them.
  let only: string | undefined;
  let count = 0;
  for (const keyword in schema)
    if (HOLDERS.has(keyword)) {
      only = keyword;
      count += 1;
    }
  if (only === undefined) return NONE;
  const found: Subschema[] = [];
  if (count === 1) addInner(found, only, schema[only]);
  else
    for (const keyword of HOLDERS.keys()) if (Object.hasOwn(schema, keyword)) addInner(found, keyword, schema[keyword]);
  return found;
}

function addInner(found: Subschema[], keyword: string, value: unknown): void {
  const inPlace = IN_PLACE.has(keyword);
  const kind = HOLDERS.get(keyword);
  if (kind === 'one') {
    if (isSchema(value)) found.push({ keyword, tokens: [keyword], schema: value, inPlace });
  } else if (kind === 'list') {
    if (!Array.isArray(value)) return;
    for (const [index, schema] of value.entries())
      if (isSchema(schema)) found.push({ keyword, tokens: [keyword, String(index)], schema, inPlace });
  } else if (isSchemaObject(value)) {
    for (const name of Object.keys(value)) {
      const schema = value[name];
      if (isSchema(schema)) found.push({ keyword, tokens: [keyword, name], schema, inPlace });
    }
  }
}

/** Whether a value is a schema that is an object. */
export function isSchemaObject(value: unknown): value is SchemaObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value is a schema. */
export function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'boolean' || isSchemaObject(value);
}
