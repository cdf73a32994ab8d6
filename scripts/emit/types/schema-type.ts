import { discriminatorChoices } from '../../model/schema/discriminator.ts';
import { isSchema, isSchemaObject, type SchemaObject } from '../../model/schema/keywords.ts';
import { aliasOf } from '../../model/schema/parts.ts';
import { repeatsAlternatives } from '../../model/schema/types/repeated-type.ts';
import { upgradeSchema } from '../../model/schema/types/upgrade.ts';
import { possibleTypes } from '../../model/schema/values/disjoint.ts';
import { possibleValues } from '../../model/schema/values/enum-values.ts';
import type { JsonSchema } from '../../model/types.ts';
import { arrayType } from './array-type.ts';
import { intersection, keyword, NEVER, NULL, objectOf, type TypeExpression, UNKNOWN, union } from './expression.ts';
import { forbiddenMembers } from './forbidden-members.ts';
import { objectType } from './object-type.ts';
import { allRequired, objectness, propertiesIn, requiredBeside, tagType } from './required-members.ts';
import { scalarType } from './scalar-type.ts';
import type { Around, TypeScope } from './type-scope.ts';

/** No schema around. */
export const NOTHING: Around = {
  required: new Set(),
  dropped: new Set(),
  isObject: false,
  orNull: false,
  isPart: false,
  properties: {},
  isDefinition: false,
};
const DEFINITION: Around = { ...NOTHING, isDefinition: true };

/**
 * The type of the values that a schema allows, in one direction. It matches the input and output of the schema's
 * validator.
 *
 * An object without a rule for undeclared properties has only the declared ones, although a validator accepts others:
 * the compiler then finds misspelled names. A schema without `type` that names properties is an object.
 */
export function typeOf(schema: JsonSchema, scope: TypeScope, around = NOTHING): TypeExpression {
  const named = isSchemaObject(schema) ? scope.named(schema) : undefined;
  const reference = named === undefined && isAlone(around) ? scope.reference(schema) : undefined;
  if (reference !== undefined) return reference;
  if (named === undefined || keepsDropped(schema, scope, around)) return definitionOf(schema, scope, around);
  const target = around.isDefinition && isSchemaObject(schema) ? aliasOf(schema, scope.resources.resolve) : undefined;
  // The type of an alias lists the schemas that extend its target, so that it cannot be used in the definition of such
  // a schema.
  if (target !== undefined) return typeOf(target, scope, around);
  if (around.isDefinition || !isSchemaObject(schema)) return named;
  return union([named, ...scope.extensions(schema).map((each) => scope.named(each) ?? named)]);
}

/** Whether no surrounding schema adds to the type of a schema. */
const isAlone = (around: Around): boolean =>
  around === NOTHING ||
  (around.required.size === 0 &&
    around.dropped.size === 0 &&
    !around.isObject &&
    !around.orNull &&
    !around.isPart &&
    !around.isDefinition &&
    Object.keys(around.properties).length === 0);

/** Whether a named schema has properties that the surrounding schema excludes. It is then inlined. */
function keepsDropped(schema: JsonSchema, scope: TypeScope, { dropped }: Around): boolean {
  if (dropped.size === 0 || !isSchemaObject(schema)) return false;
  const own = new Set(scope.droppedBy(schema));
  const members = scope
    .partsOf(schema)
    .flatMap(({ properties }) => (isSchemaObject(properties) ? Object.keys(properties) : []));
  return members.some((name) => dropped.has(name) && !own.has(name));
}

/** A schema's own type, also for a named schema. */
export function definitionOf(written: JsonSchema, scope: TypeScope, around = DEFINITION): TypeExpression {
  const schema = upgradeSchema(written);
  if (!isSchemaObject(schema)) return schema ? UNKNOWN : NEVER;
  const target = around === DEFINITION ? aliasOf(schema, scope.resources.resolve) : undefined;
  if (target !== undefined) return typeOf(target, scope);
  if ('const' in schema) return valueType(schema.const);
  // An object's type is that of its properties.
  if (Array.isArray(schema.enum) && schema.type !== 'object') return union(possibleValues(schema).map(valueType));

  // Most schemas. The rules below are for objects.
  if (isScalarOrList(schema) && !around.isObject) return coreType(schema, around, true, scope);

  const droppedHere = scope.droppedBy(schema);
  const dropped = droppedHere.length === 0 ? around.dropped : new Set([...around.dropped, ...droppedHere]);
  const required = new Set([...around.required, ...allRequired(schema, scope)].filter((name) => !dropped.has(name)));
  const kind = objectness(schema, scope);
  const declared = propertiesIn(schema, scope);
  const properties = around.properties === NOTHING.properties ? declared : { ...around.properties, ...declared };
  const isObject = around.isObject || kind === 'object';
  const orNull = around.orNull || kind === 'nullable';
  const inner: Around = { ...around, required, dropped, isObject, orNull, isPart: true, properties };

  const composed = intersection(composedTypes(schema, scope, inner));
  const own = repeatsAlternatives(schema) ? UNKNOWN : coreType(schema, inner, composed === UNKNOWN, scope);
  return intersection([
    own,
    composed,
    requiredBeside(schema, { ...inner, isPart: around.isPart, properties: around.properties }, kind, scope),
    around.isPart ? UNKNOWN : forbiddenMembers(schema, inner, kind, scope),
  ]);
}

/** Whether a schema only accepts values of listed types, without objects, and has no parts and no alternatives. */
function isScalarOrList(schema: SchemaObject): boolean {
  const { type } = schema;
  const isTyped = Array.isArray(type) ? !type.includes('object') : type !== undefined && type !== 'object';
  return isTyped && !['$ref', 'allOf', 'anyOf', 'oneOf'].some((keyword) => keyword in schema);
}

const listed = (value: unknown): readonly JsonSchema[] => (Array.isArray(value) ? value.filter(isSchema) : []);

/** The types of all parts that apply together with the schema itself. */
function composedTypes(schema: SchemaObject, scope: TypeScope, around: Around): readonly TypeExpression[] {
  let left = MOST_ALTERNATIVES;
  /** A type, unless its alternatives, multiplied by those of the types before it, are too many for a compiler. */
  const within = (schemas: readonly JsonSchema[], make: () => TypeExpression): TypeExpression => {
    const all = schemas.reduce((sum, each) => sum + scope.alternatives(each), 0);
    const count = Math.min(Math.max(1, all), MOST_ALTERNATIVES);
    if (count > left) return anyObject(schemas, scope);
    left /= count;
    return make();
  };
  const parts = listed(schema.allOf).map((part) => within([part], () => typeOf(part, scope, around)));
  const target = typeof schema.$ref === 'string' ? scope.resources.resolve(schema.$ref, schema) : undefined;
  const references =
    target === undefined
      ? []
      : [
          within([target], () =>
            typeOf(target, scope, { ...NOTHING, dropped: around.dropped, isDefinition: around.isDefinition }),
          ),
        ];
  const choices = ['anyOf', 'oneOf'].flatMap((name) =>
    Array.isArray(schema[name]) ? [within(listed(schema[name]), () => alternatives(schema, name, scope, around))] : [],
  );
  return [...parts, ...references, ...choices];
}

/** Maximum number of combinations of alternatives in a type. TypeScript's limit is 100,000. */
const MOST_ALTERNATIVES = 5_000;

/** What is known about a value with too many alternatives. */
function anyObject(schemas: readonly JsonSchema[], scope: TypeScope): TypeExpression {
  const areObjects = schemas.every((each) => isSchemaObject(each) && areObjectsIn(each, scope));
  return areObjects ? objectOf({ prefix: '', type: UNKNOWN }) : UNKNOWN;
}

function areObjectsIn(schema: SchemaObject, scope: TypeScope): boolean {
  return (
    possibleTypes(schema, scope.resources)?.every((type) => type === 'object') ?? objectness(schema, scope) === 'object'
  );
}

/** A union. With a discriminator, each alternative has its values. */
function alternatives(schema: SchemaObject, name: string, scope: TypeScope, around: Around): TypeExpression {
  const { discriminator } = schema;
  const choices = discriminatorChoices(schema, scope.resources);
  const property = isSchemaObject(discriminator) ? String(discriminator.propertyName) : '';
  const types = listed(schema[name]).map((option) => {
    const own = typeOf(option, scope, { ...around, required: new Set(), isPart: false, isDefinition: false });
    const type =
      isSchemaObject(option) && scope.named(option)
        ? intersection([own, forbiddenMembers(option, around, objectness(option, scope), scope)])
        : own;
    if (!(choices instanceof Map) || !isSchemaObject(option) || typeof option.$ref !== 'string') return type;
    const target = scope.resources.resolve(option.$ref, option);
    const values = [...choices].flatMap(([value, chosen]) => (chosen === target ? [value] : []));
    return values.length === 0 ? type : intersection([type, tagType(option, property, values, scope)]);
  });
  return union(types);
}

/** The type of `type` and the keywords for one type. `alone`: no other keyword describes the value. */
function coreType(schema: SchemaObject, around: Around, alone: boolean, scope: TypeScope): TypeExpression {
  const { type } = schema;
  if (Array.isArray(type)) {
    return union(type.map((each) => coreType({ ...schema, type: each }, around, alone, scope)));
  }
  switch (type) {
    case 'null':
      return NULL;
    case 'boolean':
      return keyword('boolean');
    case 'string':
    case 'number':
    case 'integer':
      return scalarType(schema, scope.int64);
    case 'array':
      return arrayType(schema, (each) => typeOf(each, scope));
    case 'object':
      return objectType(schema, around, scope) ?? (alone ? objectOf({ prefix: '', type: UNKNOWN }) : UNKNOWN);
    case undefined: {
      const object = objectType(schema, around, scope);
      return object === undefined ? UNKNOWN : around.orNull ? union([object, NULL]) : object;
    }
    default:
      return UNKNOWN;
  }
}

/** The type of a JSON value, by property. */
function valueType(value: unknown): TypeExpression {
  if (Array.isArray(value)) {
    return { kind: 'tuple', items: value.map((item) => ({ type: valueType(item), optional: false })), rest: undefined };
  }
  if (isSchemaObject(value)) {
    const members = Object.entries(value).map(([name, member]) => {
      return { name, type: valueType(member), optional: false, readonly: false, about: {} };
    });
    return { kind: 'object', members, index: [] };
  }
  return { kind: 'value', value: value as string | number | boolean | null };
}
