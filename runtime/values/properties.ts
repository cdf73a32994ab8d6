import { isSchemaObject, listOf, type Schema, type SchemaObject } from './types.ts';

type Resolve = (ref: string) => Schema | undefined;

/** A schema, its references and the parts of its compositions, without duplicates. */
export function partsOf(schema: Schema | undefined, resolve: Resolve): readonly SchemaObject[] {
  const found = new Set<SchemaObject>();
  const visit = (next: Schema | undefined): void => {
    if (!isSchemaObject(next) || found.has(next)) return;
    found.add(next);
    if (typeof next['$ref'] === 'string') visit(resolve(next['$ref']));
    for (const keyword of ['allOf', 'oneOf', 'anyOf']) for (const part of listOf(next[keyword])) visit(part);
  };
  visit(schema);
  return [...found];
}

/** The properties that a schema and its parts name. */
export function propertiesOf(schema: Schema | undefined, resolve: Resolve): ReadonlyMap<string, Schema> {
  const found = new Map<string, Schema>();
  for (const { properties } of partsOf(schema, resolve))
    for (const [name, property] of Object.entries(isSchemaObject(properties) ? properties : {}))
      if (!found.has(name)) found.set(name, property as Schema);
  return found;
}

/** The schema of a list's items. Undefined if the schema is not a list. */
export function itemsOf(schema: Schema | undefined, resolve: Resolve): Schema | undefined {
  const part = partsOf(schema, resolve).find(({ items }) => items !== undefined);
  return part?.['items'] as Schema | undefined;
}
