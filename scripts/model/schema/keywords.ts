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

const HOLDERS: ReadonlySet<string> = new Set([...SINGLE, ...LISTS, ...MAPS]);
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
  // Most schemas are leaves, and every pass over a document visits each of them.
  if (typeof schema === 'boolean' || !hasInner(schema)) return NONE;
  const found: Subschema[] = [];
  const add = (keyword: string, tokens: readonly string[], value: unknown) => {
    if (isSchema(value)) found.push({ keyword, tokens, schema: value, inPlace: IN_PLACE.has(keyword) });
  };
  for (const keyword of SINGLE) if (Object.hasOwn(schema, keyword)) add(keyword, [keyword], schema[keyword]);
  for (const keyword of LISTS) {
    const list = Object.hasOwn(schema, keyword) ? schema[keyword] : undefined;
    if (Array.isArray(list)) for (const [index, value] of list.entries()) add(keyword, [keyword, String(index)], value);
  }
  for (const keyword of MAPS) {
    const map = Object.hasOwn(schema, keyword) ? schema[keyword] : undefined;
    if (isSchemaObject(map)) for (const [name, value] of Object.entries(map)) add(keyword, [keyword, name], value);
  }
  return found;
}

function hasInner(schema: SchemaObject): boolean {
  for (const keyword in schema) if (HOLDERS.has(keyword)) return true;
  return false;
}

/** Whether a value is a schema that is an object. */
export function isSchemaObject(value: unknown): value is SchemaObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value is a schema. */
export function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'boolean' || isSchemaObject(value);
}
