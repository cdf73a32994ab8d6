import type { JsonSchema } from '../../types.ts';
import { isSchemaObject } from '../keywords.ts';
import { partsOf } from '../parts.ts';
import { mayBeValid } from '../values/may-be-valid.ts';

type Resolve = (ref: string, from: JsonSchema) => JsonSchema | undefined;

/**
 * The `default` of a member's schema, where the schema allows it: its own, else that of a schema which holds with it, by
 * `$ref` or `allOf`. One that it plainly does not allow is an author's mistake, and filling it in would hand out what the
 * schema forbids.
 */
export function fallbackOf(schema: JsonSchema, resolve: Resolve): { readonly value: unknown } | undefined {
  if (!isSchemaObject(schema)) return undefined;
  const found = 'default' in schema ? schema : [...partsOf(schema, resolve)].find((part) => 'default' in part);
  return found !== undefined && mayBeValid(found.default, schema, resolve) ? { value: found.default } : undefined;
}
