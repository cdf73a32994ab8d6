import type { JsonSchema } from '../../types.ts';
import { isSchemaObject, type SchemaObject } from '../keywords.ts';

const upgraded = new WeakMap<SchemaObject, SchemaObject>();

/**
 * OpenAPI 3.0's `nullable` and boolean `exclusiveMinimum`/`exclusiveMaximum` said in 2020-12's words. Schemas inside
 * keep their identity; a schema that says nothing of the kind is returned as it is.
 *
 * `nullable` means "or null", as its authors meant it and as openapi-typescript types it: also without `type` beside a
 * composition or `$ref`, and beside an `enum` that does not list null (where OpenAPI 3.0.3, 4.7.24.1 would not).
 */
export function upgradeSchema(schema: JsonSchema): JsonSchema {
  if (!isSchemaObject(schema) || !needsUpgrade(schema)) return schema;
  const known = upgraded.get(schema);
  if (known !== undefined) return known;
  const result = upgradeNullable(upgradeBounds(schema));
  upgraded.set(schema, result);
  return result;
}

function needsUpgrade(schema: SchemaObject): boolean {
  return (
    'nullable' in schema || typeof schema.exclusiveMinimum === 'boolean' || typeof schema.exclusiveMaximum === 'boolean'
  );
}

function upgradeBounds(schema: SchemaObject): SchemaObject {
  const result: { [keyword: string]: unknown } = { ...schema };
  for (const [exclusive, inclusive] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    if (typeof result[exclusive] !== 'boolean') continue;
    if (result[exclusive] && inclusive in result) {
      result[exclusive] = result[inclusive];
      delete result[inclusive];
    } else {
      delete result[exclusive];
    }
  }
  return result;
}

function upgradeNullable(schema: SchemaObject): SchemaObject {
  const { nullable, ...others } = schema;
  if (nullable !== true) return others;
  const listed: readonly unknown[] | undefined = Array.isArray(others.enum) ? others.enum : undefined;
  const rest = listed === undefined || listed.includes(null) ? others : { ...others, enum: [...listed, null] };
  if ('type' in rest) {
    const types = Array.isArray(rest.type) ? rest.type : [rest.type];
    return { ...rest, type: types.includes('null') ? types : [...types, 'null'] };
  }
  if (!['$ref', 'allOf', 'anyOf', 'oneOf'].some((keyword) => keyword in rest)) return rest;
  return { anyOf: [rest, { type: 'null' }] };
}
