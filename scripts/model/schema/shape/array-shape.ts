import type { JsonSchema } from '../../types.ts';
import { isSchema, type SchemaObject } from '../keywords.ts';
import { keep } from './object-shape.ts';
import type { Shape, ShapeContext } from './shape.ts';

const PLAIN = new Set(['items', 'minItems', 'maxItems']);
/** Keywords that zod lacks, and that no TypeScript type shows. */
const BESIDE = new Set(['uniqueItems', 'contains', 'not', 'if']);

/** The shape of `type: array`. `keywords` are the relevant ones. */
export function arrayShape(schema: SchemaObject, keywords: ReadonlySet<string>, context: ShapeContext): Shape {
  const beside = [...keywords].filter((keyword) => BESIDE.has(keyword));
  const others = [...keywords].filter((keyword) => !PLAIN.has(keyword) && !BESIDE.has(keyword));
  if (others.length > 0) return tupleShape(schema, keywords) ?? { kind: 'general' };
  if (beside.length > 0 && context.transforms(schema)) return { kind: 'general' };
  const items: JsonSchema = isSchema(schema.items) ? schema.items : true;
  return {
    kind: 'array',
    items,
    min: typeof schema.minItems === 'number' ? schema.minItems : 0,
    max: typeof schema.maxItems === 'number' ? schema.maxItems : Number.POSITIVE_INFINITY,
    ...(beside.length > 0 ? { also: keep(schema, withCounts(beside)) } : {}),
  };
}

/**
 * A tuple in zod has an exact number of items. A JSON Schema means the same only if it forbids fewer and more items.
 */
function tupleShape(schema: SchemaObject, keywords: ReadonlySet<string>): Shape | undefined {
  if (![...keywords].every((keyword) => keyword === 'prefixItems' || PLAIN.has(keyword))) return undefined;
  const prefix: readonly unknown[] = Array.isArray(schema.prefixItems) ? schema.prefixItems : [];
  const { minItems, maxItems } = schema;
  const exact = minItems === prefix.length && (schema.items === false || maxItems === prefix.length);
  if (!exact || (maxItems !== undefined && maxItems !== prefix.length)) return undefined;
  return prefix.every(isSchema) ? { kind: 'tuple', items: prefix } : undefined;
}

const withCounts = (names: readonly string[]): readonly string[] =>
  names.includes('contains') ? [...names, 'minContains', 'maxContains'] : names;
