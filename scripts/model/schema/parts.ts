import type { JsonSchema } from '../types.ts';
import { isSchemaObject, type SchemaObject } from './keywords.ts';
import { relevantKeywords } from './relevant.ts';

/** Maximum number of parts that are examined. People write fewer. */
const MOST = 256;

/**
 * The schemas that always apply with `schema`: itself, the targets of references and the parts of `allOf`, at any
 * depth.
 */
export function partsOf(
  schema: JsonSchema,
  resolve: (ref: string, from: JsonSchema) => JsonSchema | undefined,
): ReadonlySet<SchemaObject> {
  const found = new Set<SchemaObject>();
  const waiting: unknown[] = [schema];
  while (waiting.length > 0 && found.size < MOST) {
    const next = waiting.pop();
    if (!isSchemaObject(next) || found.has(next)) continue;
    found.add(next);
    if (typeof next.$ref === 'string') waiting.push(resolve(next.$ref, next));
    if (Array.isArray(next.allOf)) waiting.push(...next.allOf);
  }
  return found;
}

/** The target of a schema that is only a reference; undefined for any other schema. */
export function aliasOf(
  schema: SchemaObject,
  resolve: (ref: string, from: JsonSchema) => JsonSchema | undefined,
): JsonSchema | undefined {
  if (typeof schema.$ref !== 'string' || 'type' in schema || relevantKeywords(schema).size > 1) return undefined;
  return resolve(schema.$ref, schema);
}
