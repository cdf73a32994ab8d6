import type { JsonSchema } from '../../types.ts';
import { isSchemaObject } from '../keywords.ts';
import { mayBeValid } from '../values/may-be-valid.ts';

type Resolve = (ref: string, from: JsonSchema) => JsonSchema | undefined;

/**
 * The `default` of a member's schema, where the schema allows it. One that it plainly does not is an author's mistake,
 * and filling it in would hand out what the schema forbids.
 */
export function fallbackOf(schema: JsonSchema, resolve: Resolve): { readonly value: unknown } | undefined {
  if (!isSchemaObject(schema) || !('default' in schema)) return undefined;
  const value = schema.default;
  return mayBeValid(value, schema, resolve) ? { value } : undefined;
}
