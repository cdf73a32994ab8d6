import type { SchemaObject } from '../keywords.ts';

/**
 * Whether a list of types only repeats what the alternatives beside it say, as in `type: [string, 'null']` with
 * `anyOf`. openapi-typescript would join the two, so that each type of the list is possible though no alternative
 * allows it.
 */
export function repeatsAlternatives({ type, anyOf, oneOf, properties, items }: SchemaObject): boolean {
  return Array.isArray(type) && (Array.isArray(anyOf) || Array.isArray(oneOf)) && !properties && !items;
}
