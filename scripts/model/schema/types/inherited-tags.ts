import type { JsonSchema } from '../../types.ts';
import { forbids } from '../discriminator.ts';
import { onceForEach, type Schemas } from '../graph/once.ts';
import { type Resources, schemaResources } from '../graph/resources.ts';
import { isSchemaObject, type SchemaObject } from '../keywords.ts';

/** What a discriminator's property is in a schema that extends the one with the discriminator. */
export type InheritedTag = { readonly propertyName: string; readonly values: readonly string[] };

type Family = ReadonlyMap<SchemaObject, readonly SchemaObject[]>;

/**
 * The tags of each component that extends, by `allOf` and in one step or several, one whose `discriminator` has no
 * alternatives of its own (OpenAPI 3.1.1, 4.8.25: models of a hierarchy). It has its own values and those of what
 * extends it. Names count as values where there is no mapping; what a schema forbids is none.
 */
export const inheritedTags = onceForEach((api): ReadonlyMap<SchemaObject, readonly InheritedTag[]> => {
  const resources = schemaResources(api);
  const bases = [...api.schemas.values()].filter(isSchemaObject).filter(isBase);
  const tags = new Map<SchemaObject, InheritedTag[]>();
  if (bases.length === 0) return tags;
  const family = extensions(api, resources);
  for (const base of bases) {
    const propertyName = String(isSchemaObject(base.discriminator) && base.discriminator.propertyName);
    const ownValues = valuesOf(base, api, resources);
    for (const member of descendants(base, family)) {
      const all = [member, ...descendants(member, family)].flatMap(ownValues);
      const values = [...new Set(all)].filter((value) => !forbids(member, propertyName, value, resources));
      if (values.length > 0) tags.set(member, [...(tags.get(member) ?? []), { propertyName, values }]);
    }
  }
  return tags;
});

function isBase({ discriminator, oneOf, anyOf }: SchemaObject): boolean {
  return isSchemaObject(discriminator) && typeof discriminator.propertyName === 'string' && !oneOf && !anyOf;
}

/** The components that refer to each component in their `allOf`. */
function extensions({ schemas }: Schemas, { resolve }: Resources): Family {
  const family = new Map<SchemaObject, SchemaObject[]>();
  for (const schema of new Set(schemas.values())) {
    if (!isSchemaObject(schema) || !Array.isArray(schema.allOf)) continue;
    for (const part of schema.allOf) {
      const target = isSchemaObject(part) && typeof part.$ref === 'string' ? resolve(part.$ref, part) : undefined;
      if (isSchemaObject(target)) family.set(target, [...(family.get(target) ?? []), schema]);
    }
  }
  return family;
}

function descendants(base: SchemaObject, family: Family): readonly SchemaObject[] {
  const found = new Set<SchemaObject>();
  const waiting = [...(family.get(base) ?? [])];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    waiting.push(...(family.get(next) ?? []));
  }
  return [...found];
}

/** The values that stand for one member of the family. */
function valuesOf(
  base: SchemaObject,
  { schemas }: Schemas,
  resources: Resources,
): (schema: SchemaObject) => readonly string[] {
  const mapping = isSchemaObject(base.discriminator) ? base.discriminator.mapping : undefined;
  if (!isSchemaObject(mapping)) {
    return (schema) => {
      const name = resources.componentName(schema);
      return name === undefined ? [] : [name];
    };
  }
  const values = new Map<JsonSchema, string[]>();
  for (const [value, ref] of Object.entries(mapping)) {
    const target = schemas.get(String(ref)) ?? resources.resolve(String(ref), base);
    if (target !== undefined) values.set(target, [...(values.get(target) ?? []), value]);
  }
  return (schema) => values.get(schema) ?? [];
}
