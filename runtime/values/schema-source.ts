import { isSchemaObject, listOf, type Schema, type SchemaObject, type SchemaSource } from './types.ts';

const SCHEMAS = '#/components/schemas/';

/**
 * Creates the lookup of a document's schemas.
 * @param document a bundled document, in which each reference begins with `#`
 */
export function createSchemaSource(document: object): SchemaSource {
  const ids = new Map<unknown, number>();
  let children: Map<SchemaObject, string[]> | undefined;
  const resolved = new Map<string, Schema | undefined>();

  const resolve = (ref: string): Schema | undefined => {
    if (!resolved.has(ref)) resolved.set(ref, ref.startsWith('#') ? (at(document, ref.slice(1)) as Schema) : undefined);
    return resolved.get(ref);
  };

  const findChildren = (): Map<SchemaObject, string[]> => {
    const found = new Map<SchemaObject, string[]>();
    const schemas = at(document, '/components/schemas');
    for (const [name, schema] of Object.entries(isSchemaObject(schemas) ? schemas : {})) {
      if (!isSchemaObject(schema)) continue;
      for (const part of listOf(schema['allOf'])) {
        const parent = isSchemaObject(part) && typeof part['$ref'] === 'string' ? resolve(part['$ref']) : undefined;
        if (!isSchemaObject(parent)) continue;
        found.set(parent, [...(found.get(parent) ?? []), `${SCHEMAS}${segment(name)}`]);
      }
    }
    return found;
  };

  return {
    resolve,
    schemaAt: (pointer) =>
      pointer === undefined ? undefined : resolve(`#${encodeURI(pointer).replaceAll('#', '%23')}`),
    childrenOf: (schema) => {
      children ??= findChildren();
      return children.get(schema) ?? [];
    },
    idOf: (schema) => {
      const known = ids.get(schema);
      if (known !== undefined) return known;
      ids.set(schema, ids.size);
      return ids.size - 1;
    },
  };
}

const segment = (name: string): string => encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));

function at(document: unknown, pointer: string): unknown {
  let value: unknown = document;
  for (const raw of decode(pointer).split('/').slice(1)) {
    const name = raw.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

function decode(pointer: string): string {
  try {
    return decodeURIComponent(pointer);
  } catch {
    return pointer;
  }
}
