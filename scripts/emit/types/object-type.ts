import { isSchema, isSchemaObject, type SchemaObject } from '../../model/schema/keywords.ts';
import { possibleValues } from '../../model/schema/values/enum-values.ts';
import type { JsonSchema } from '../../model/types.ts';
import { type Index, type Member, NEVER, objectOf, type TypeExpression, UNKNOWN, union } from './expression.ts';
import type { Around, TypeScope } from './type-scope.ts';

/** A pattern that only fixes the beginning of a name. */
const PREFIX = /^\^([\w-]+)$/;
/** A pattern that matches every name, as TypeBox writes it for a record. */
const ANY_NAME = /^(\^?\(?\.\*\)?\$?|\^?)$/;
const COMPOSING = ['anyOf', 'oneOf', 'if', 'not', 'dependentSchemas', '$dynamicRef'];

/** A longer list of names would make compilers slow. Such an object has any names. */
const MOST_NAMES = 200;

/** The properties of an object and the rule for others; undefined if there is neither. */
export function objectType(schema: SchemaObject, around: Around, scope: TypeScope): TypeExpression | undefined {
  const members = Object.entries(isSchemaObject(schema.properties) ? schema.properties : {}).flatMap(
    ([name, property]): readonly Member[] => {
      if (!isSchema(property) || around.dropped.has(name)) return [];
      const about = isSchemaObject(property) ? property : {};
      return [
        {
          name,
          type: scope.typeOf(property, scope),
          optional: !around.required.has(name),
          readonly: about.readOnly === true,
          about: scope.described(about),
        },
      ];
    },
  );
  const names = listedNames(schema, scope);
  if (names !== undefined) {
    const { additionalProperties: each = unevaluated(schema) } = schema;
    const type = isSchema(each) ? scope.typeOf(each, scope) : UNKNOWN;
    const others = names
      .filter((name) => !around.dropped.has(name) && !members.some((member) => member.name === name))
      .map((name): Member => ({ name, type, optional: !around.required.has(name), readonly: false, about: {} }));
    return { kind: 'object', members: [...members, ...others], index: [] };
  }
  const index = indexOf(schema, members, scope);
  if (members.length > 0 || index.length > 0) return { kind: 'object', members, index };
  // All of its properties are removed in this direction, or it cannot have any.
  if (schema.additionalProperties === false) return objectOf({ prefix: '', type: NEVER });
  return schema.properties !== undefined && Object.keys(schema.properties as object).length > 0
    ? objectOf()
    : undefined;
}

/** The names that `propertyNames` lists: a map whose keys are an enum. Undefined if there is no such list. */
function listedNames(schema: SchemaObject, scope: TypeScope): readonly string[] | undefined {
  const { propertyNames, patternProperties, additionalProperties } = schema;
  if (!isSchemaObject(propertyNames) || patternProperties !== undefined || additionalProperties === false) return;
  const parts = scope.partsOf(propertyNames).filter((part) => 'const' in part || Array.isArray(part.enum));
  const lists = parts.map((part) => ('const' in part ? [part.const] : possibleValues(part)));
  const [first, ...others] = lists;
  const names = first?.filter((name) => typeof name === 'string' && others.every((list) => list.includes(name)));
  return names !== undefined && names.length <= MOST_NAMES ? [...new Set(names as string[])] : undefined;
}

/**
 * Index signatures for names that `properties` does not list. A signature for all names must also accept the listed
 * properties, because TypeScript has no "all other names".
 */
function indexOf(schema: SchemaObject, members: readonly Member[], scope: TypeScope): readonly Index[] {
  const { additionalProperties, patternProperties } = schema;
  const patterns = Object.entries(isSchemaObject(patternProperties) ? patternProperties : {}).filter(
    (entry): entry is [string, JsonSchema] => isSchema(entry[1]),
  );
  const others = isSchema(additionalProperties) ? additionalProperties : unevaluated(schema);
  if (others === undefined || others === false) {
    const prefixes = patterns.map(([pattern]) => PREFIX.exec(pattern)?.[1]);
    const isPlain = prefixes.every(
      (prefix) => prefix !== undefined && !members.some(({ name }) => name.startsWith(prefix)),
    );
    const apart = prefixes.every(
      (one, index) => !prefixes.some((other, at) => at !== index && other?.startsWith(one ?? '')),
    );
    if (isPlain && apart)
      return patterns.map(([, each], index) => ({ prefix: prefixes[index] ?? '', type: scope.typeOf(each, scope) }));
    // A property that matches no pattern may have any value.
    const isAll = patterns.some(([pattern]) => ANY_NAME.test(pattern));
    if (others === undefined && !isAll) return [{ prefix: '', type: UNKNOWN }];
  }
  const types = [...patterns.map(([, each]) => each), ...(others === undefined || others === false ? [] : [others])];
  const listed = union([...types.map((each) => scope.typeOf(each, scope)), ...memberTypes(schema, members, scope)]);
  return types.length === 0 ? [] : [{ prefix: '', type: listed }];
}

/** `unevaluatedProperties` applies to the names that no part lists. */
function unevaluated(schema: SchemaObject): JsonSchema | undefined {
  const others = schema.unevaluatedProperties;
  return isSchema(others) ? others : undefined;
}

/** The types of the properties beside an index signature, including those that parts list. */
function memberTypes(schema: SchemaObject, members: readonly Member[], scope: TypeScope): readonly TypeExpression[] {
  const own = members.map(({ type }) => type);
  if (schema.additionalProperties !== undefined || !('unevaluatedProperties' in schema)) return own;
  const parts = scope.partsOf(schema);
  const others = parts.filter((part) => part !== schema);
  const isOpen = [...others, schema].some((part) => COMPOSING.some((name) => name in part));
  const hasIndex = others.some((part) =>
    ['additionalProperties', 'patternProperties', 'unevaluatedProperties'].some((name) => name in part),
  );
  if (isOpen || hasIndex) return [UNKNOWN];
  const listed = others.flatMap(({ properties }) => Object.values(isSchemaObject(properties) ? properties : {}));
  return [...own, ...listed.filter(isSchema).map((each) => scope.typeOf(each, scope))];
}
