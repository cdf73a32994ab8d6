import { isDeepStrictEqual } from 'node:util';
import type { JsonSchema } from '../../types.ts';
import { isSchema, isSchemaObject, type SchemaObject } from '../keywords.ts';
import { declaredTypes, type TypeName } from '../relevant.ts';
import { upgradeSchema } from '../types/upgrade.ts';

type Resolve = (ref: string, from: JsonSchema) => JsonSchema | undefined;
/** `left` is the number of schemas that may still be examined, because alternatives may be recursive. */
type Context = { readonly resolve: Resolve; left: number };
type Judge = (value: unknown, schema: unknown) => boolean;

const MOST = 1000;

/**
 * Whether a value may be valid: false only if a schema plainly forbids it. Patterns, formats, `not` and conditions are
 * not examined.
 */
export function mayBeValid(value: unknown, schema: JsonSchema, resolve: Resolve): boolean {
  const context: Context = { resolve, left: MOST };
  const judge: Judge = (inner, by) => !isSchema(by) || allows(inner, by, context, judge);
  return judge(value, schema);
}

function allows(value: unknown, original: JsonSchema, context: Context, judge: Judge): boolean {
  const schema = upgradeSchema(original);
  if (!isSchemaObject(schema)) return schema;
  context.left -= 1;
  if (context.left < 0) return true;
  const { $ref, allOf, anyOf, oneOf } = schema;
  const types = declaredTypes(schema);
  if (types !== undefined && !types.some((type) => is(value, type))) return false;
  if (Array.isArray(schema.enum) && !schema.enum.some((each) => isDeepStrictEqual(each, value))) return false;
  if ('const' in schema && !isDeepStrictEqual(schema.const, value)) return false;
  if (typeof $ref === 'string' && !judge(value, context.resolve($ref, schema))) return false;
  if (Array.isArray(allOf) && !allOf.every((part) => judge(value, part))) return false;
  if (Array.isArray(anyOf) && !anyOf.some((option) => judge(value, option))) return false;
  if (Array.isArray(oneOf) && !oneOf.some((option) => judge(value, option))) return false;
  if (typeof value === 'string') return isWithin([...value].length, schema.minLength, schema.maxLength);
  if (typeof value === 'number') return allowsNumber(value, schema);
  if (Array.isArray(value)) return allowsItems(value, schema, judge);
  return !isSchemaObject(value) || allowsMembers(value, schema, judge);
}

function is(value: unknown, type: TypeName): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'object') return isSchemaObject(value);
  return typeof value === type;
}

function isWithin(size: number, least: unknown, most: unknown): boolean {
  return !(typeof least === 'number' && size < least) && !(typeof most === 'number' && size > most);
}

function allowsNumber(value: number, schema: SchemaObject): boolean {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  if (typeof exclusiveMinimum === 'number' && value <= exclusiveMinimum) return false;
  if (typeof exclusiveMaximum === 'number' && value >= exclusiveMaximum) return false;
  return isWithin(value, minimum, maximum);
}

function allowsItems(value: readonly unknown[], schema: SchemaObject, judge: Judge): boolean {
  const first: readonly unknown[] = Array.isArray(schema.prefixItems) ? schema.prefixItems : [];
  const fit = value.every((item, index) => judge(item, index < first.length ? first[index] : schema.items));
  return fit && isWithin(value.length, schema.minItems, schema.maxItems);
}

function allowsMembers(value: SchemaObject, schema: SchemaObject, judge: Judge): boolean {
  const { properties, patternProperties, additionalProperties, required } = schema;
  const names = Object.keys(value);
  if (Array.isArray(required) && !required.every((name) => Object.hasOwn(value, String(name)))) return false;
  if (!isWithin(names.length, schema.minProperties, schema.maxProperties)) return false;
  const declared = isSchemaObject(properties) ? properties : {};
  return names.every((name) => {
    if (Object.hasOwn(declared, name)) return judge(value[name], declared[name]);
    // A property that matches a pattern is not an additional one.
    return patternProperties !== undefined || judge(value[name], additionalProperties);
  });
}
