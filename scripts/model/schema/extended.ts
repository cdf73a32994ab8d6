import type { Api, JsonSchema } from '../types.ts';
import type { Resources } from './graph/resources.ts';
import { isSchemaObject, type SchemaObject } from './keywords.ts';
import { aliasOf, partsOf } from './parts.ts';

/** A component that others extend by `allOf`, and the property by which its `discriminator` distinguishes them. */
export type Extended = {
  readonly schema: SchemaObject;
  readonly property: string;
  /** The schema that each value of the property selects. */
  readonly choices: ReadonlyMap<string, SchemaObject>;
};

/**
 * The components that others extend: those with a `discriminator` and no list of alternatives.
 * @see https://spec.openapis.org/oas/v3.1.1.html#models-with-polymorphism-support
 */
export function extendedSchemas({ schemas }: Pick<Api, 'schemas'>, { resolve }: Resources): readonly Extended[] {
  return [...schemas.values()].flatMap((schema): readonly Extended[] => {
    if (!isSchemaObject(schema) || schema.oneOf !== undefined || schema.anyOf !== undefined) return [];
    const { propertyName: property, mapping = {} } = isSchemaObject(schema.discriminator) ? schema.discriminator : {};
    if (typeof property !== 'string' || !isSchemaObject(mapping)) return [];
    const choices = new Map<string, SchemaObject>();
    const add = (value: string, named: JsonSchema | undefined) => {
      const target = isSchemaObject(named) ? meantBy(named, resolve) : undefined;
      if (target !== undefined && target !== schema) choices.set(value, target);
    };
    // A mapped value is the name of a component or a reference.
    for (const [value, ref] of Object.entries(mapping))
      add(value, schemas.get(String(ref)) ?? resolve(String(ref), schema));
    const mapped = new Set(choices.values());
    for (const [name, other] of schemas) {
      if (!isSchemaObject(other) || mapped.has(other) || choices.has(name)) continue;
      if (partsOf(other, resolve).has(schema) && aliasOf(other, resolve) === undefined) add(name, other);
    }
    return choices.size > 0 ? [{ schema, property, choices }] : [];
  });
}

/** The schema behind aliases. */
function meantBy(schema: SchemaObject, resolve: Resources['resolve']): SchemaObject | undefined {
  const seen = new Set<SchemaObject>();
  for (let next: JsonSchema | undefined = schema; isSchemaObject(next) && !seen.has(next); ) {
    seen.add(next);
    const target = aliasOf(next, resolve);
    if (target === undefined) return next;
    next = target;
  }
  return undefined;
}
