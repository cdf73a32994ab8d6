import { isSchema, type SchemaObject } from '../../model/schema/keywords.ts';
import type { JsonSchema } from '../../model/types.ts';
import { NEVER, type TupleItem, type TypeExpression, UNKNOWN } from './expression.ts';

/** Longer tuples are written as lists. */
const LONGEST = 100;

/**
 * The type of `type: array`. Only `prefixItems` makes a tuple. Items beyond `minItems` are optional, and more items may
 * follow.
 */
export function arrayType(schema: SchemaObject, inner: (schema: JsonSchema) => TypeExpression): TypeExpression {
  const { prefixItems, items, unevaluatedItems, minItems, maxItems } = schema;
  const first = Array.isArray(prefixItems) ? prefixItems.filter(isSchema) : [];
  const others = items ?? (isAlone(schema) ? unevaluatedItems : undefined);
  const rest = isSchema(others) ? inner(others) : UNKNOWN;
  if (first.length === 0 || first.length > LONGEST) return { kind: 'list', of: first.length > 0 ? UNKNOWN : rest };
  const least = typeof minItems === 'number' ? minItems : 0;
  const most = typeof maxItems === 'number' ? maxItems : Number.POSITIVE_INFINITY;
  const listed = first.slice(0, most).map((item): TupleItem => ({ type: inner(item), optional: true }));
  const added = rest === NEVER ? 0 : Math.max(0, Math.min(least, most, LONGEST) - listed.length);
  const all = [...listed, ...Array.from({ length: added }, (): TupleItem => ({ type: rest, optional: true }))];
  return {
    kind: 'tuple',
    items: all.map(({ type }, index) => ({ type, optional: index >= least })),
    rest: rest === NEVER || all.length >= most ? undefined : rest,
  };
}

/** Whether no other schema for the same array may evaluate more of its items. */
const isAlone = (schema: SchemaObject): boolean =>
  !['$ref', '$dynamicRef', 'allOf', 'anyOf', 'oneOf', 'if', 'contains', 'dependentSchemas'].some(
    (name) => name in schema,
  );
