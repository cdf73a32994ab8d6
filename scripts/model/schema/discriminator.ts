import type { JsonSchema } from '../types.ts';
import type { Resources } from './graph/resources.ts';
import { isSchemaObject, type SchemaObject } from './keywords.ts';
import { partsOf } from './parts.ts';
import { isNullSchema } from './types/upgrade.ts';

/** The alternative for each value of a discriminator's property. */
export type Choices = ReadonlyMap<string, JsonSchema>;

/**
 * The alternatives that `discriminator` selects; undefined if there is none, or if an alternative is not a named schema
 * (OpenAPI 3.1, 4.8.25). `contradictory` if a value selects no alternative, two of them, or one that forbids the value.
 */
export function discriminatorChoices(
  schema: SchemaObject,
  resources: Resources,
): Choices | 'contradictory' | undefined {
  const { discriminator } = schema;
  if (!isSchemaObject(discriminator)) return undefined;
  const lists = [schema.oneOf, schema.anyOf].filter((list): list is unknown[] => Array.isArray(list));
  const [list, ...others] = lists;
  // Null is an additional alternative.
  const options = list?.filter((option) => !isNullSchema(option));
  if (options === undefined || others.length > 0) return undefined;
  const { propertyName, mapping } = discriminator;
  // The property may be missing or have any value: only the alternatives decide (OpenAPI 3.2, Discriminator Object).
  if (typeof propertyName !== 'string' || discriminator.defaultMapping !== undefined) return undefined;

  const named = namedOptions(options, schema, resources);
  const byName = new Map([...named].map(([target, name]) => [name, target]));
  const choices = new Map<string, JsonSchema>();
  for (const [value, ref] of Object.entries(isSchemaObject(mapping) ? mapping : {})) {
    // A mapped value is the name of a component or a reference.
    const target = byName.get(String(ref)) ?? resources.resolve(String(ref), schema);
    if (target === undefined || !named.has(target)) return 'contradictory';
    choices.set(value, target);
  }
  const mapped = new Set(choices.values());
  for (const [target, name] of named) {
    if (mapped.has(target)) continue;
    if (choices.has(name)) return 'contradictory';
    choices.set(name, target);
  }
  for (const [value, target] of choices) {
    if (forbids(target, propertyName, value, resources)) return 'contradictory';
  }
  return options.length > 1 && named.size === options.length ? choices : undefined;
}

/** The alternatives that are components, with their names. */
function namedOptions(
  options: readonly unknown[],
  schema: SchemaObject,
  { resolve, componentName }: Resources,
): ReadonlyMap<JsonSchema, string> {
  const named = new Map<JsonSchema, string>();
  for (const option of options) {
    const ref = isSchemaObject(option) ? option.$ref : undefined;
    const target = typeof ref === 'string' ? resolve(ref, schema) : undefined;
    const name = target === undefined ? undefined : componentName(target);
    if (target !== undefined && name !== undefined) named.set(target, name);
  }
  return named;
}

/** Whether a schema's own constants or types for a property exclude `value`, which is always a text. */
function forbids(schema: JsonSchema, property: string, value: string, { resolve }: Resources): boolean {
  const members = [...partsOf(schema, resolve)].flatMap(({ properties }) =>
    isSchemaObject(properties) && Object.hasOwn(properties, property) ? [properties[property] as JsonSchema] : [],
  );
  return members
    .flatMap((member) => [...partsOf(member, resolve)])
    .some(
      (part) =>
        (part.type !== undefined && ![part.type].flat().includes('string')) ||
        ('const' in part ? part.const !== value : Array.isArray(part.enum) && !part.enum.includes(value)),
    );
}
