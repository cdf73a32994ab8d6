import { keyLiteral, literal } from '../../common/text/literal.ts';
import type { Resources } from '../../model/schema/graph/resources.ts';
import { isInt64 } from '../../model/schema/int64.ts';
import { isSchemaObject, type SchemaObject } from '../../model/schema/keywords.ts';
import { partsOf } from '../../model/schema/parts.ts';
import type { Int64 } from '../../model/types.ts';

type Resolve = Resources['resolve'];

/** The schemas that may describe a value: those that always apply, and the alternatives of `anyOf` and `oneOf`. */
function saying(schema: unknown, resolve: Resolve): readonly SchemaObject[] {
  const found = new Set<SchemaObject>();
  const waiting: unknown[] = [schema];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (!isSchemaObject(next)) continue;
    for (const part of partsOf(next, resolve)) {
      if (found.has(part)) continue;
      found.add(part);
      waiting.push(...[part.anyOf, part.oneOf].filter(Array.isArray).flat());
    }
  }
  return [...found];
}

/** A default or an example as code. The setting decides the type of its 64-bit integers. */
export function defaultText(value: unknown, schema: unknown, int64: Int64, resolve: Resolve): string {
  const parts = saying(schema, resolve);
  if (typeof value === 'number' && parts.some(isInt64)) return int64 === 'bigint' ? `${value}n` : `'${value}'`;
  const within = (schemas: readonly unknown[], item: unknown): string =>
    defaultText(item, { allOf: schemas }, int64, resolve);
  if (Array.isArray(value)) {
    const itemsAt = (index: number) =>
      parts.flatMap(({ items, prefixItems }) => {
        const own: unknown = Array.isArray(prefixItems) && index < prefixItems.length ? prefixItems[index] : items;
        return own === undefined ? [] : [own];
      });
    return `[${value.map((item, index) => within(itemsAt(index), item)).join(', ')}]`;
  }
  if (!isSchemaObject(value)) return literal(value);
  const members = Object.entries(value).map(([name, member]) => {
    const schemas = parts.flatMap(({ properties, additionalProperties }) => {
      if (isSchemaObject(properties) && Object.hasOwn(properties, name)) return [properties[name]];
      return additionalProperties === undefined ? [] : [additionalProperties];
    });
    return `${keyLiteral(name)}: ${within(schemas, member)}`;
  });
  return `{ ${members.join(', ')} }`;
}
