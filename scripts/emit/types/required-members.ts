import { isSchema, isSchemaObject, type SchemaObject } from '../../model/schema/keywords.ts';
import type { JsonSchema } from '../../model/types.ts';
import { type Member, NULL, type TypeExpression, UNKNOWN, union } from './expression.ts';
import type { Around, TypeScope } from './type-scope.ts';

const textsIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];

const constantsOf = (part: SchemaObject): readonly unknown[] | undefined =>
  'const' in part ? [part.const] : Array.isArray(part.enum) ? part.enum : undefined;

const propertiesOf = (schema: JsonSchema | undefined): SchemaObject =>
  isSchemaObject(schema) && isSchemaObject(schema.properties) ? schema.properties : {};

/** The properties that a schema and the parts that apply with it require. */
export function allRequired(schema: SchemaObject, scope: TypeScope): readonly string[] {
  return scope.partsOf(schema).flatMap(({ required }) => textsIn(required));
}

/** The properties that a schema and the parts that apply with it declare, with their schemas. */
export function propertiesIn(schema: SchemaObject, scope: TypeScope): { readonly [name: string]: unknown } {
  const [first, ...others] = scope.partsOf(schema);
  return others.length === 0 ? propertiesOf(first) : Object.assign({}, ...[first, ...others].map(propertiesOf));
}

/** Whether a value of the schema is always an object; `nullable` for an object or null. */
export function objectness(schema: SchemaObject, scope: TypeScope): 'object' | 'nullable' | 'unknown' {
  const parts = scope.partsOf(schema);
  const types = parts.flatMap(({ type }) => (type === undefined ? [] : [Array.isArray(type) ? type : [type]]));
  if (types.some((list) => list.length === 1 && list[0] === 'object')) return 'object';
  const isNullable = types.some((list) => list.length === 2 && list.includes('object') && list.includes('null'));
  if (isNullable) return 'nullable';
  if (types.length > 0) return 'unknown';
  return parts.some((part) => isSchemaObject(part.properties)) ? 'object' : 'unknown';
}

/** An object type with the required properties that neither the schema's own type nor the type of a part requires. */
export function requiredBeside(
  schema: SchemaObject,
  { required, isObject, isPart, properties: around }: Around,
  kind: ReturnType<typeof objectness>,
  scope: TypeScope,
): TypeExpression {
  if (required.size === 0 || !(isObject || kind !== 'unknown')) return UNKNOWN;
  const listed = propertiesOf(schema);
  if ([...required].every((name) => Object.hasOwn(listed, name))) return UNKNOWN;
  const said = new Set([...Object.keys(listed), ...saidByAlternatives(schema, scope)]);
  for (const part of inPlaceParts(schema, scope)) for (const name of membersSaid(part, scope)) said.add(name);
  const parts = scope.partsOf(schema);
  const isNamedHere = (name: string) => parts.some((part) => Object.hasOwn(propertiesOf(part), name));
  const missing = [...required].filter((name) => !said.has(name) && (!isPart || isNamedHere(name)));
  if (missing.length === 0) return UNKNOWN;
  const members = missing.map((name): Member => {
    const own = parts.map((part) => propertiesOf(part)).find((properties) => Object.hasOwn(properties, name))?.[name];
    // With the type `unknown`, an optional property of the surrounding schema could be undefined.
    const found = own ?? (Object.hasOwn(around, name) ? around[name] : undefined);
    const others = parts.map(({ additionalProperties }) => additionalProperties).find(isSchema);
    const type = isSchema(found) ? found : (others ?? true);
    return { name, type: scope.typeOf(type, scope), optional: false, readonly: false, about: {} };
  });
  const object: TypeExpression = { kind: 'object', members, index: [] };
  return isObject || kind === 'object' ? object : union([object, NULL]);
}

/** The parts of `allOf`, and the target of `$ref`. */
function inPlaceParts(schema: SchemaObject, { resources }: TypeScope): readonly JsonSchema[] {
  const target = typeof schema.$ref === 'string' ? resources.resolve(schema.$ref, schema) : undefined;
  const parts: readonly unknown[] = Array.isArray(schema.allOf) ? schema.allOf : [];
  return [...(target === undefined ? [] : [target]), ...parts.filter(isSchema)];
}

/**
 * The properties that the type of a part covers. A named type only covers those that its own schema requires. If it is
 * an object, these include properties without a declaration: looking for their type again in each reference would not
 * end for an `additionalProperties` that refers to its own schema.
 */
function membersSaid(part: JsonSchema, scope: TypeScope): readonly string[] {
  if (!isSchemaObject(part)) return [];
  const all = scope.partsOf(part).flatMap((each) => Object.keys(propertiesOf(each)));
  if (scope.named(part) === undefined) return all;
  const required = allRequired(part, scope);
  if (objectness(part, scope) !== 'unknown') return required;
  const names = new Set(required);
  return all.filter((name) => names.has(name));
}

/** The properties that every alternative of `anyOf` or of `oneOf` requires. */
function saidByAlternatives(schema: SchemaObject, scope: TypeScope): readonly string[] {
  return ['anyOf', 'oneOf'].flatMap((keyword) => {
    const list: readonly unknown[] = Array.isArray(schema[keyword]) ? schema[keyword] : [];
    const [first, ...others] = list
      .filter((option) => !(isSchemaObject(option) && option.type === 'null'))
      .map((option) => new Set(isSchemaObject(option) ? allRequired(option, scope) : []));
    return first === undefined ? [] : [...first].filter((name) => others.every((each) => each.has(name)));
  });
}

/**
 * The values by which a discriminator selects an alternative, unless the alternative already allows no others. Without
 * them, the compiler would not narrow a union whose alternatives share the property of a base.
 */
export function tagType(
  option: SchemaObject,
  property: string,
  values: readonly string[],
  scope: TypeScope,
): TypeExpression {
  const parts = scope.partsOf(option);
  const isRequired = parts.some(({ required }) => textsIn(required).includes(property));
  const isSaid = parts
    .flatMap((part) => {
      const member = propertiesOf(part)[property];
      return Object.hasOwn(propertiesOf(part), property) && isSchemaObject(member) ? scope.partsOf(member) : [];
    })
    .some((part) => constantsOf(part)?.every((value) => values.includes(value as string)));
  if (isRequired && isSaid) return UNKNOWN;
  const type = union(values.map((value): TypeExpression => ({ kind: 'value', value })));
  return {
    kind: 'object',
    members: [{ name: property, type, optional: false, readonly: false, about: {} }],
    index: [],
  };
}
