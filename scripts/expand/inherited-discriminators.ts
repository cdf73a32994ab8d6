import { isObject, localPointer, pointerTokens } from '../common/document/pointer.ts';
import { type JsonDocument, mentions, type Step } from './step.ts';
import { transform } from './transform.ts';

type Schema = JsonDocument;
type Schemas = { readonly [name: string]: unknown };

/** A component with a discriminator that others extend by `allOf`. */
type Base = {
  readonly name: string;
  readonly property: string;
  /** The component that each value of the property selects. */
  readonly choices: ReadonlyMap<string, string>;
};

/**
 * Gives the discriminator of a base to each union whose alternatives extend the base. springdoc and others write it only
 * beside the properties of the base. Without it, a cat could also be a dog, because both have only optional properties.
 * If the base is an alternative itself, every other alternative is also a value of the base: `oneOf` becomes `anyOf`.
 */
export const inheritedDiscriminators: Step = (document, { derivations, spec }) => {
  if (!mentions(spec, /discriminator/)) return document;
  const { schemas = {} } = (document.components ?? {}) as { readonly schemas?: Schemas };
  const family = createFamily(schemas);
  const bases = Object.keys(schemas).flatMap((name) => baseOf(name, schemas, family));
  if (bases.length === 0) return document;
  return transform(document, ['Schema'], (schema) => withInherited(schema, bases, family), derivations);
};

function withInherited(schema: Schema, bases: readonly Base[], family: Family): Schema {
  const { oneOf, anyOf, ...rest } = schema;
  const list = Array.isArray(oneOf) ? oneOf : anyOf;
  if (!Array.isArray(list) || (oneOf !== undefined && anyOf !== undefined) || 'discriminator' in schema) return schema;
  const options = list
    .filter((option) => !isObject(option) || option.type !== 'null')
    .map((option) => ({ name: family.nameOf(option), $ref: isObject(option) ? option.$ref : undefined }));
  for (const { name, property, choices } of options.length > 1 ? bases : []) {
    if (!options.every((option) => option.name !== undefined && family.isA(option.name, name))) continue;
    if (options.some((option) => option.name === name)) return oneOf === undefined ? schema : { ...rest, anyOf: list };
    const mapping = new Map<string, unknown>();
    for (const [value, chosen] of choices) {
      const selects = options.filter((option) => family.isA(chosen, option.name ?? ''));
      const option = selects.find((each) => each.name === chosen) ?? selects[0];
      if (option !== undefined && family.allows(option.name ?? '', property, value)) mapping.set(value, option.$ref);
    }
    const mapped = new Set(mapping.values());
    if (!options.every(({ $ref }) => mapped.has($ref))) return schema;
    return { ...schema, discriminator: { propertyName: property, mapping: Object.fromEntries(mapping) } };
  }
  return schema;
}

/** A component whose discriminator selects the components that extend it. The property is required. */
function baseOf(name: string, schemas: Schemas, family: Family): readonly Base[] {
  const schema = schemas[name];
  if (!isObject(schema) || !isObject(schema.discriminator) || 'oneOf' in schema || 'anyOf' in schema) return [];
  const { propertyName: property, mapping, defaultMapping } = schema.discriminator;
  const required = Array.isArray(schema.required) ? schema.required : [];
  if (typeof property !== 'string' || defaultMapping !== undefined || !required.includes(property)) return [];
  const choices = new Map<string, string>();
  for (const [value, ref] of Object.entries(isObject(mapping) ? mapping : {})) {
    const target = Object.hasOwn(schemas, String(ref)) ? family.canonical(String(ref)) : family.nameOf({ $ref: ref });
    if (target !== undefined) choices.set(value, target);
  }
  const mapped = new Set(choices.values());
  for (const other of Object.keys(schemas)) {
    const isOwn = other !== name && family.canonical(other) === other && family.isA(other, name);
    if (isOwn && !mapped.has(other) && !choices.has(other)) choices.set(other, other);
  }
  return [{ name, property, choices }];
}

type Family = ReturnType<typeof createFamily>;

/** How components extend each other. */
function createFamily(schemas: Schemas) {
  const targetOf = (value: unknown): string | undefined => {
    const pointer = isObject(value) ? localPointer(value.$ref) : undefined;
    if (pointer === undefined) return undefined;
    const [components, kind, name, ...deeper] = pointerTokens(pointer);
    const isComponent = components === 'components' && kind === 'schemas' && deeper.length === 0;
    return isComponent && name !== undefined && Object.hasOwn(schemas, name) ? name : undefined;
  };
  /** The component behind aliases. */
  const canonical = (name: string, seen = new Set<string>()): string => {
    const schema = schemas[name];
    const target = isObject(schema) && Object.keys(schema).length === 1 ? targetOf(schema) : undefined;
    return target === undefined || seen.has(target) ? name : canonical(target, seen.add(target));
  };
  const nameOf = (value: unknown): string | undefined => {
    const name = targetOf(value);
    return name === undefined ? undefined : canonical(name);
  };
  /** A schema and all that apply together with it. */
  const partsOf = (schema: unknown, found = new Set<unknown>()): ReadonlySet<unknown> => {
    if (!isObject(schema) || found.has(schema)) return found;
    found.add(schema);
    const target = targetOf(schema);
    if (target !== undefined) partsOf(schemas[target], found);
    for (const part of Array.isArray(schema.allOf) ? schema.allOf : []) partsOf(part, found);
    return found;
  };
  const known = new Map<string, ReadonlySet<unknown>>();
  const partsOfName = (name: string): ReadonlySet<unknown> => {
    const parts = known.get(name) ?? partsOf(schemas[name]);
    known.set(name, parts);
    return parts;
  };
  return {
    canonical,
    nameOf,
    /** Whether a component is `other`, or extends it. */
    isA: (name: string, other: string): boolean => name === other || partsOfName(name).has(schemas[other]),
    /** Whether no constant of a component excludes a value of a property. */
    allows: (name: string, property: string, value: string): boolean => {
      const members = [...partsOfName(name)].map((part) => (isObject(part) ? part.properties : undefined));
      const own = members.map((properties) => (isObject(properties) ? properties[property] : undefined));
      return own
        .flatMap((member) => [...partsOf(member)] as readonly Schema[])
        .every((part) =>
          'const' in part ? part.const === value : !Array.isArray(part.enum) || part.enum.includes(value),
        );
    },
  };
}
