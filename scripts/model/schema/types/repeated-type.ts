import type { SchemaObject } from '../keywords.ts';

/**
 * Whether a list of types only repeats the types of the alternatives beside it, as in `type: [string, 'null']` with
 * `anyOf`. openapi-typescript would join the two, and then accept each listed type even if no alternative allows it.
 */
export function repeatsAlternatives({ type, anyOf, oneOf, properties, items }: SchemaObject): boolean {
  return Array.isArray(type) && (Array.isArray(anyOf) || Array.isArray(oneOf)) && !properties && !items;
}
