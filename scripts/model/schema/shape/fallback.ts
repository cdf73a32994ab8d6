import type { JsonSchema } from '../../types.ts';
import { isSchema, isSchemaObject, type SchemaObject } from '../keywords.ts';
import { partsOf } from '../parts.ts';
import { mayBeValid } from '../values/may-be-valid.ts';

type Resolve = (ref: string, from: JsonSchema) => JsonSchema | undefined;

/**
 * The `default` of a property's schema: its own, else that of a schema that applies with it by `$ref` or `allOf`.
 * Undefined if the schema plainly forbids the default: that is an author's mistake, and validators would fill in an
 * invalid value.
 */
export function fallbackOf(schema: JsonSchema, resolve: Resolve): { readonly value: unknown } | undefined {
  if (!isSchemaObject(schema)) return undefined;
  const isAlone = typeof schema.$ref !== 'string' && !Array.isArray(schema.allOf);
  if (isAlone && !('default' in schema)) return undefined;
  const found = 'default' in schema ? schema : [...partsOf(schema, resolve)].find((part) => 'default' in part);
  if (found === undefined || !mayBeValid(found.default, schema, resolve)) return undefined;
  return { value: filled(found.default, [schema], resolve, new Set()) };
}

/**
 * Completes a default with the defaults of its nested properties, so that `default: {}` has the same result as a
 * caller's `{}`. Alternatives add nothing, because only a validator knows which one applies.
 */
function filled(
  value: unknown,
  schemas: readonly JsonSchema[],
  resolve: Resolve,
  around: ReadonlySet<SchemaObject>,
): unknown {
  const parts = schemas.flatMap((schema) => [...partsOf(schema, resolve)]);
  if (parts.some((part) => around.has(part))) return value;
  const inside = new Set([...around, ...parts]);
  if (Array.isArray(value)) {
    return value.map((item, index) => filled(item, itemsAt(parts, index), resolve, inside));
  }
  if (!isSchemaObject(value)) return value;
  const made: { [name: string]: unknown } = { ...value };
  for (const [name, properties] of membersOf(parts)) {
    const isMarked = properties.some((each) => isSchemaObject(each) && (each.readOnly ?? each.writeOnly) === true);
    const given = Object.hasOwn(value, name)
      ? { value: value[name] }
      : isMarked
        ? undefined
        : ownDefault(properties, resolve);
    // A property called `__proto__` stays unchanged.
    if (given !== undefined && name !== '__proto__') made[name] = filled(given.value, properties, resolve, inside);
  }
  return made;
}

function itemsAt(parts: readonly SchemaObject[], index: number): readonly JsonSchema[] {
  return parts.flatMap(({ prefixItems, items }) => {
    const own: unknown = Array.isArray(prefixItems) && index < prefixItems.length ? prefixItems[index] : items;
    return isSchema(own) ? [own] : [];
  });
}

function membersOf(parts: readonly SchemaObject[]): ReadonlyMap<string, readonly JsonSchema[]> {
  const members = new Map<string, readonly JsonSchema[]>();
  for (const { properties } of parts) {
    for (const [name, schema] of Object.entries(isSchemaObject(properties) ? properties : {}))
      if (isSchema(schema)) members.set(name, [...(members.get(name) ?? []), schema]);
  }
  return members;
}

function ownDefault(schemas: readonly JsonSchema[], resolve: Resolve): { readonly value: unknown } | undefined {
  for (const schema of schemas) {
    const found = [...partsOf(schema, resolve)].find((part) => 'default' in part);
    if (found !== undefined) return mayBeValid(found.default, schema, resolve) ? { value: found.default } : undefined;
  }
  return undefined;
}
