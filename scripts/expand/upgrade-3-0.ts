import type { JsonDocument, StepContext } from './step.ts';
import { takesNull } from './takes-null.ts';
import { transform } from './transform.ts';

type Schema = { readonly [keyword: string]: unknown };

/**
 * OpenAPI 3.0 → 3.1: `nullable`, boolean `exclusiveMinimum`/`exclusiveMaximum`, a schema's `example`, `x-webhooks`.
 * @see https://www.openapis.org/blog/2021/02/16/migrating-from-openapi-3-0-to-3-1-0
 */
export const upgrade30 = (document: JsonDocument, { derivations }: Pick<StepContext, 'derivations'>): JsonDocument => {
  const upgraded = transform(document, ['Schema'], (value) => upgradeSchema(value, document), derivations);
  const { 'x-webhooks': webhooks, ...rest } = upgraded;
  return { ...rest, ...(webhooks !== undefined && { webhooks }), openapi: '3.1.1' };
};

function upgradeSchema(schema: Schema, document: JsonDocument): Schema {
  if (typeof schema.$ref === 'string') return upgradeReference(schema);
  let result = schema;
  if (typeof schema.exclusiveMinimum === 'boolean') result = exclusive(result, 'exclusiveMinimum', 'minimum');
  if (typeof schema.exclusiveMaximum === 'boolean') result = exclusive(result, 'exclusiveMaximum', 'maximum');
  if (Object.hasOwn(schema, 'example')) {
    const { example, ...rest } = result;
    result = { ...rest, examples: Array.isArray(rest.examples) ? rest.examples : [example] };
  }
  if (Object.hasOwn(schema, 'nullable')) result = upgradeNullable(result, document);
  return result;
}

/** In 3.0, keywords beside a `$ref` are ignored; in 3.1, they apply. Authors always mean `nullable`, though. */
function upgradeReference(schema: Schema): Schema {
  const { $ref, description, nullable } = schema;
  if (nullable === true)
    return { anyOf: [{ $ref }, { type: 'null' }], ...(description !== undefined && { description }) };
  const keep = description === undefined ? 1 : 2;
  return Object.keys(schema).length === keep ? schema : { $ref, ...(description !== undefined && { description }) };
}

function exclusive(schema: Schema, keyword: string, bound: string): Schema {
  const { [keyword]: isExclusive, [bound]: limit, ...rest } = schema;
  if (limit === undefined) return rest;
  return { ...rest, [isExclusive === true ? keyword : bound]: limit };
}

/**
 * `nullable` means "or null". If an alternative already accepts null, it stays the only one: `oneOf` would find two.
 * @see https://github.com/OAI/OpenAPI-Specification/blob/main/proposals/2019-10-31-Clarify-Nullable.md
 */
function upgradeNullable({ nullable, ...schema }: Schema, document: JsonDocument): Schema {
  if (nullable !== true) return schema;
  const { type, enum: values, anyOf, oneOf, allOf } = schema;
  const withNull = Array.isArray(values) && !values.includes(null) ? { ...schema, enum: [...values, null] } : schema;
  const typed = typeof type === 'string' ? { ...withNull, type: [type, 'null'] } : withNull;
  const count = (list: readonly unknown[]) => list.filter((option) => takesNull(option, document)).length;
  if (Array.isArray(allOf) && count(allOf) < allOf.length) return orNull(withNull);
  if (Array.isArray(oneOf)) {
    const nulls = count(oneOf);
    if (nulls > 1) return orNull(withNull);
    return nulls === 1 ? typed : { ...typed, oneOf: [...oneOf, NULL] };
  }
  if (Array.isArray(anyOf)) return count(anyOf) > 0 ? typed : { ...typed, anyOf: [...anyOf, NULL] };
  if (typeof type === 'string' || Array.isArray(values)) return typed;
  return orNull(schema);
}

const NULL = { type: 'null' };

/** Null as an alternative to the whole schema, without its texts. */
function orNull(schema: Schema): Schema {
  const { title, description, examples, default: fallback, deprecated, readOnly, writeOnly, ...rest } = schema;
  if (Object.keys(rest).length === 0) return schema;
  const about = { title, description, examples, default: fallback, deprecated, readOnly, writeOnly };
  const written = Object.fromEntries(Object.entries(about).filter(([key]) => Object.hasOwn(schema, key)));
  return { anyOf: [rest, NULL], ...written };
}
