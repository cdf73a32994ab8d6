import { isSchemaObject, type Schema, type SchemaObject } from '../values/types.ts';

/** Keywords whose value is one schema. */
const ONE = new Set([
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
]);
/** Keywords whose value is a list of schemas. */
const LISTS = new Set(['allOf', 'anyOf', 'items', 'oneOf', 'prefixItems']);
/** Keywords whose value contains schemas by name. */
const MAPS = new Set(['$defs', 'definitions', 'dependentSchemas', 'patternProperties', 'properties']);

/**
 * A copy of a schema, with `change` applied to each schema inside it, the innermost first. Data, such as `enum` and
 * `default`, is not looked into.
 */
export function mapSchema(schema: Schema, change: (schema: SchemaObject, source: SchemaObject) => Schema): Schema {
  if (!isSchemaObject(schema)) return schema;
  const inner = (value: unknown): unknown => mapSchema(value as Schema, change);
  const copy = Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => {
      if (LISTS.has(keyword) && Array.isArray(value)) return [keyword, value.map(inner)];
      if (ONE.has(keyword)) return [keyword, inner(value)];
      if (!MAPS.has(keyword) || !isSchemaObject(value)) return [keyword, value];
      return [keyword, Object.fromEntries(Object.entries(value).map(([name, member]) => [name, inner(member)]))];
    }),
  );
  return change(copy, schema);
}
