import type { JsonSchema } from '../../types.ts';
import type { Resources } from '../graph/resources.ts';
import { isSchema, isSchemaObject, type SchemaObject } from '../keywords.ts';

/** Maximum nesting of in-place schemas that is examined. */
const DEEPEST = 200;

/**
 * The number of alternatives in the type of each schema, fully expanded. If several parts apply and have alternatives
 * each, it is their product. Validators test each part separately, but a compiler lists the combinations.
 */
export function createAlternativesCount({ resolve }: Resources): (schema: JsonSchema | undefined) => number {
  const known = new Map<SchemaObject, number>();
  const countOf = (schema: JsonSchema | undefined, depth = 0): number => {
    if (!isSchemaObject(schema) || depth > DEEPEST) return 1;
    const before = known.get(schema);
    if (before !== undefined) return before;
    // A recursive schema is rejected elsewhere.
    known.set(schema, 1);
    const inner = (part: JsonSchema | undefined): number => countOf(part, depth + 1);
    const parts = list(schema.allOf).map(inner);
    if (typeof schema.$ref === 'string') parts.push(inner(resolve(schema.$ref, schema)));
    for (const options of [list(schema.oneOf), list(schema.anyOf)])
      if (options.length > 0) parts.push(options.map(inner).reduce((sum, count) => sum + count, 0));
    const count = parts.reduce((product, part) => product * part, 1);
    known.set(schema, count);
    return count;
  };
  return (schema) => countOf(schema);
}

const list = (value: unknown): readonly JsonSchema[] => (Array.isArray(value) ? value.filter(isSchema) : []);
