import { documentShape } from '../load/shapes.ts';
import type { JsonDocument, Step } from './index.ts';
import { transform } from './transform.ts';

type Schema = { readonly [keyword: string]: unknown };

/**
 * OpenAPI 3.0 → 3.1: `nullable`, boolean `exclusiveMinimum`/`exclusiveMaximum`, a schema's `example`, `x-webhooks`.
 * @see https://www.openapis.org/blog/2021/02/16/migrating-from-openapi-3-0-to-3-1-0
 */
export const upgrade30: Step = (document, { derivations }) => {
  const upgraded = transform(
    document,
    documentShape,
    (value, name) => (name === 'Schema' ? upgradeSchema(value) : value),
    derivations,
  ) as JsonDocument;
  const { 'x-webhooks': webhooks, ...rest } = upgraded;
  return { ...rest, ...(webhooks !== undefined && { webhooks }), openapi: '3.1.1' };
};

function upgradeSchema(schema: Schema): Schema {
  if (typeof schema.$ref === 'string') return upgradeReference(schema);
  let result = schema;
  if (typeof schema.exclusiveMinimum === 'boolean') result = exclusive(result, 'exclusiveMinimum', 'minimum');
  if (typeof schema.exclusiveMaximum === 'boolean') result = exclusive(result, 'exclusiveMaximum', 'maximum');
  if (Object.hasOwn(schema, 'example')) {
    const { example, ...rest } = result;
    result = { ...rest, examples: Array.isArray(rest.examples) ? rest.examples : [example] };
  }
  if (Object.hasOwn(schema, 'nullable')) result = upgradeNullable(result);
  return result;
}

/** In 3.0 what stands beside a `$ref` means nothing; in 3.1 it would. `nullable` there is always meant, though. */
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

function upgradeNullable({ nullable, ...schema }: Schema): Schema {
  if (nullable !== true) return schema;
  const { type, enum: values, anyOf, oneOf } = schema;
  const withNull = Array.isArray(values) && !values.includes(null) ? { ...schema, enum: [...values, null] } : schema;
  if (typeof type === 'string') return { ...withNull, type: [type, 'null'] };
  if (Array.isArray(anyOf)) return { ...withNull, anyOf: [...anyOf, { type: 'null' }] };
  if (Array.isArray(oneOf)) return { ...withNull, oneOf: [...oneOf, { type: 'null' }] };
  if (Array.isArray(values)) return withNull;
  const { title, description, examples, default: fallback, deprecated, readOnly, writeOnly, ...rest } = schema;
  if (Object.keys(rest).length === 0) return schema;
  const about = { title, description, examples, default: fallback, deprecated, readOnly, writeOnly };
  const written = Object.fromEntries(Object.entries(about).filter(([key]) => Object.hasOwn(schema, key)));
  return { anyOf: [rest, { type: 'null' }], ...written };
}
