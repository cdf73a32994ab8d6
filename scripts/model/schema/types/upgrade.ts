import type { JsonSchema } from '../../types.ts';
import { isSchemaObject, type SchemaObject } from '../keywords.ts';

const upgraded = new WeakMap<SchemaObject, SchemaObject>();

/**
 * Converts `nullable` and boolean `exclusiveMinimum`/`exclusiveMaximum` of OpenAPI 3.0 to the keywords of 2020-12.
 * Nested schemas keep their identity. A schema without these keywords is returned unchanged.
 *
 * `nullable` always means "or null", as authors mean it and as openapi-typescript types it. This includes `nullable`
 * without `type` beside a composition or `$ref`, and beside an `enum` without null, where OpenAPI 3.0.3 (4.7.24.1)
 * ignores it.
 */
export function upgradeSchema(schema: JsonSchema): JsonSchema {
  if (!isSchemaObject(schema) || !needsUpgrade(schema)) return schema;
  const known = upgraded.get(schema);
  if (known !== undefined) return known;
  const result = withNullApart(upgradeNullable(upgradeBounds(schema)));
  upgraded.set(schema, result);
  return result;
}

function needsUpgrade(schema: SchemaObject): boolean {
  return (
    hasNullApart(schema) !== undefined ||
    'nullable' in schema ||
    typeof schema.exclusiveMinimum === 'boolean' ||
    typeof schema.exclusiveMaximum === 'boolean'
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
  // A composition would reject null, so null becomes an alternative to the whole schema.
  if (['$ref', 'allOf', 'anyOf', 'oneOf'].some((keyword) => keyword in rest)) return { anyOf: [rest, NULL] };
  if (!('type' in rest)) return rest;
  const types = Array.isArray(rest.type) ? rest.type : [rest.type];
  return { ...rest, type: types.includes('null') ? types : [...types, 'null'] };
}

const NULL: SchemaObject = { type: 'null' };

/** Whether a schema only allows null. */
export const isNullSchema = (schema: unknown): boolean =>
  isSchemaObject(schema) &&
  (schema.type === 'null' ||
    ('const' in schema && schema.const === null) ||
    (Array.isArray(schema.enum) && schema.enum.length > 0 && schema.enum.every((value) => value === null)));

/** The keyword of a discriminator's alternatives, if one of them is null. */
function hasNullApart(schema: SchemaObject): 'oneOf' | 'anyOf' | undefined {
  if (!('discriminator' in schema)) return undefined;
  const keywords = (['oneOf', 'anyOf'] as const).filter((keyword) => Array.isArray(schema[keyword]));
  const [keyword] = keywords;
  if (keyword === undefined || keywords.length > 1) return undefined;
  return (schema[keyword] as readonly unknown[]).some(isNullSchema) ? keyword : undefined;
}

/** Moves null out of a discriminator's alternatives: a discriminator can only select objects. */
function withNullApart(schema: SchemaObject): SchemaObject {
  const keyword = hasNullApart(schema);
  if (keyword === undefined) return schema;
  const { discriminator, [keyword]: options, ...rest } = schema;
  const others = (options as readonly unknown[]).filter((option) => !isNullSchema(option));
  return { ...rest, anyOf: [{ [keyword]: others, discriminator }, NULL] };
}
