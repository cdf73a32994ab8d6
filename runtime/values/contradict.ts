import { isSchemaObject, type SchemaObject } from './types.ts';
import { typesOf } from './value-types.ts';

/** Whether no value can match all of these schemas, according to their types, listed values and tags. */
export function contradict(schemas: readonly SchemaObject[], tags: ReadonlyMap<string, string>): boolean {
  if (typesOf(schemas)?.size === 0) return true;
  const listed = listedValues(schemas);
  if (listed?.length === 0) return true;
  for (const [name, value] of tags) {
    const values = listedProperty(schemas, name);
    if (values && !values.some((each) => String(each) === value)) return true;
  }
  return sharedProperties(schemas).some((own) => listedValues(own)?.length === 0);
}

/** The values of one property that `const` and `enum` of all schemas allow. */
export function listedProperty(schemas: readonly SchemaObject[], name: string): readonly unknown[] | undefined {
  const own = schemas.flatMap(({ properties }) =>
    isSchemaObject(properties) && Object.hasOwn(properties, name) ? [properties[name]] : [],
  );
  return listedValues(own.filter(isSchemaObject));
}

/** The values that `const` and `enum` of all schemas allow. Undefined if no schema lists values. */
export function listedValues(schemas: readonly SchemaObject[]): readonly unknown[] | undefined {
  let left: readonly unknown[] | undefined;
  for (const schema of schemas) {
    const own = 'const' in schema ? [schema['const']] : Array.isArray(schema['enum']) ? schema['enum'] : undefined;
    if (own === undefined) continue;
    const keys = new Set(own.map((value) => JSON.stringify(value)));
    left = left === undefined ? own : left.filter((value) => keys.has(JSON.stringify(value)));
  }
  const types = left && typesOf(schemas);
  return types ? left?.filter((value) => hasType(value, types)) : left;
}

function sharedProperties(schemas: readonly SchemaObject[]): readonly (readonly SchemaObject[])[] {
  const byName = new Map<string, SchemaObject[]>();
  for (const { properties } of schemas) {
    for (const [name, schema] of Object.entries(isSchemaObject(properties) ? properties : {})) {
      if (isSchemaObject(schema)) byName.set(name, [...(byName.get(name) ?? []), schema]);
    }
  }
  return [...byName.values()].filter((own) => own.length > 1);
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value;
}

/** Whether a value has one of these types. */
export const hasType = (value: unknown, types: ReadonlySet<string>): boolean =>
  types.has(typeOf(value)) || (types.has('integer') && Number.isInteger(value));
