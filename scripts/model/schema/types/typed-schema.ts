import type { JsonSchema } from '../../types.ts';
import { isSchemaObject, type SchemaObject } from '../keywords.ts';
import { partsOf } from '../parts.ts';
import { possibleValues } from '../values/enum-values.ts';
import { repeatsAlternatives } from './repeated-type.ts';
import { upgradeSchema } from './upgrade.ts';

type Resolve = (ref: string, from: JsonSchema) => JsonSchema | undefined;

/** Keywords without which a schema's words are openapi-typescript's. */
const REWRITTEN = ['allOf', 'anyOf', 'oneOf', 'enum', 'nullable'];

/**
 * A schema in words that openapi-typescript gives the type of all the values that the schema allows. Schemas inside
 * keep their identity where they can.
 */
export function typedSchema(schema: SchemaObject, resolve: Resolve): SchemaObject {
  // Most say nothing of the kind.
  if (!REWRITTEN.some((keyword) => keyword in schema)) return schema;
  const upgraded = upgradeSchema(schema);
  if (!isSchemaObject(upgraded) || typeof upgraded.$ref === 'string') return schema;
  return withRequiredParts(
    withPlainParts(withPartOfAlternatives(withPlainEnum(withoutRepeatedType(upgraded)))),
    resolve,
  );
}

function withoutRepeatedType(schema: SchemaObject): SchemaObject {
  if (!repeatsAlternatives(schema)) return schema;
  const { type: _, ...rest } = schema;
  return rest;
}

/** The values of `enum` that `type` allows, and of the types none without a value. An object's are not typed. */
function withPlainEnum(schema: SchemaObject): SchemaObject {
  if (!Array.isArray(schema.enum)) return schema;
  const { enum: _, ...rest } = schema;
  // openapi-typescript would read the values as alternatives.
  if (schema.type === 'object') return rest;
  const values = possibleValues(schema);
  const { type } = schema;
  if (!Array.isArray(type) || values.includes(null)) return { ...schema, enum: values };
  return { ...schema, type: type.filter((each) => each !== 'null'), enum: values };
}

const TYPED = ['allOf', 'properties', 'additionalProperties', 'patternProperties'];

/** openapi-typescript joins `anyOf` with what stands beside it as one more alternative; as a part of all, it holds too. */
function withPartOfAlternatives(schema: SchemaObject): SchemaObject {
  const { anyOf, ...rest } = schema;
  const stands = TYPED.some((keyword) => keyword in rest) || ('type' in rest && rest.type !== 'object');
  if (!Array.isArray(anyOf) || !stands) return schema;
  return { ...rest, allOf: [...partsIn(rest), { anyOf }] };
}

/** openapi-typescript leaves the property of a discriminator out of a part that has one, and takes no boolean parts. */
function withPlainParts(schema: SchemaObject): SchemaObject {
  const parts = partsIn(schema);
  const isPlain = (part: unknown) => isSchemaObject(part) && !isSchemaObject(part.discriminator);
  if (parts.every(isPlain)) return schema;
  return { ...schema, allOf: parts.map((part) => (isPlain(part) ? part : { anyOf: [part] })) };
}

const partsIn = ({ allOf }: SchemaObject): readonly unknown[] => (Array.isArray(allOf) ? allOf : []);
const requiredIn = (schema: unknown): readonly unknown[] =>
  isSchemaObject(schema) && Array.isArray(schema.required) ? schema.required : [];

/** What one part of `allOf` requires, another may name, and openapi-typescript looks at each part by itself. */
function withRequiredParts(schema: SchemaObject, resolve: Resolve): SchemaObject {
  const parts = partsIn(schema);
  if (parts.length === 0) return schema;
  const required = [...new Set([...requiredIn(schema), ...parts.flatMap(requiredIn)])];
  if (required.length === 0) return schema;
  const written = parts.map((part) => writtenOut(part, required, schema, resolve));
  return { ...schema, required, allOf: [...written, ...deepMembers(schema, required, resolve)] };
}

/** Members that the whole requires and only a part of a part names, where openapi-typescript does not look. */
function deepMembers(schema: SchemaObject, required: readonly unknown[], resolve: Resolve): readonly SchemaObject[] {
  const parts = [...partsOf(schema, resolve)];
  const isObject = parts.some(({ type }) => type === 'object');
  const near = [schema, ...partsIn(schema).filter(isSchemaObject)];
  const isNear = (name: string) =>
    near.some((part) => Object.hasOwn(membersOf(part), name) || requiredMembers(part, [name], resolve).length > 0);
  const deep = new Map<string, unknown>();
  for (const [name, member] of parts.flatMap((part) => Object.entries(membersOf(part))))
    if (required.includes(name) && !deep.has(name) && !isNear(name)) deep.set(name, member);
  // What may be null has no members to require.
  if (deep.size === 0 || !isObject) return [];
  return [{ type: 'object', properties: Object.fromEntries(deep), required: [...deep.keys()] }];
}

const membersOf = (schema: unknown): SchemaObject =>
  isSchemaObject(schema) && isSchemaObject(schema.properties) ? schema.properties : {};

/** A nullable object that more is required of stands in place: a type that may be null has no members to require. */
function writtenOut(part: unknown, required: readonly unknown[], schema: SchemaObject, resolve: Resolve): unknown {
  if (!isSchemaObject(part) || requiredMembers(part, required, resolve).length === 0) return part;
  const target = upgradeSchema(resolve(String(part.$ref), part) ?? true);
  if (!isSchemaObject(target) || !Array.isArray(target.type) || !target.type.includes('null')) return part;
  return schema.type === 'object' ? { ...target, type: 'object' } : target;
}

/** The members of a part that is referred to, which the whole requires. */
export function requiredMembers(part: SchemaObject, required: readonly unknown[], resolve: Resolve): readonly string[] {
  const target = typeof part.$ref === 'string' ? resolve(part.$ref, part) : undefined;
  return Object.keys(membersOf(target)).filter((name) => required.includes(name));
}
