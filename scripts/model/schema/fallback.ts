import type { JsonSchema } from '../types.ts';
import { isSchemaObject } from './keywords.ts';
import { declaredTypes, type TypeName } from './relevant.ts';
import { upgradeSchema } from './upgrade.ts';

type Resolve = (ref: string, from: JsonSchema) => JsonSchema | undefined;

/**
 * The `default` of a member's schema, where its type fits. One that plainly does not is an author's mistake, and
 * filling it in would hand out what the schema forbids.
 */
export function fallbackOf(original: JsonSchema, resolve: Resolve): { readonly value: unknown } | undefined {
  if (!isSchemaObject(original) || !('default' in original)) return undefined;
  const value = original.default;
  return mayBe(value, original, resolve, 8) ? { value } : undefined;
}

function mayBe(value: unknown, original: JsonSchema, resolve: Resolve, depth: number): boolean {
  const schema = upgradeSchema(original);
  if (!isSchemaObject(schema)) return schema;
  if (depth === 0) return true;
  const types = declaredTypes(schema);
  if (types !== undefined && !types.some((type) => is(value, type))) return false;
  const scalar = typeof value !== 'object' || value === null;
  if (Array.isArray(schema.enum) && scalar && !schema.enum.includes(value)) return false;
  if ('const' in schema && scalar && schema.const !== value) return false;
  if (typeof schema.$ref !== 'string') return true;
  const target = resolve(schema.$ref, schema);
  return target === undefined || mayBe(value, target, resolve, depth - 1);
}

function is(value: unknown, type: TypeName): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'object') return isSchemaObject(value);
  return typeof value === type;
}
