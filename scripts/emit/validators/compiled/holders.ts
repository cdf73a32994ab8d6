import { literal, stringLiteral } from '../../../common/text/literal.ts';
import { isSchema, isSchemaObject, type SchemaObject } from '../../../model/schema/keywords.ts';
import type { JsonSchema } from '../../../model/types.ts';
import { patternText } from '../printer.ts';
import { allOf, anyOf, memberOf, VALUE } from './code.ts';
import { apartFromOthers, type Compiler, functionOf, loop } from './compiler.ts';

/** Conditions of the keywords for arrays. `isKnown`: the value is always an array. */
export function arrayKeywords(schema: SchemaObject, isKnown: boolean, compiler: Compiler): string {
  const { helper } = compiler.functions;
  const { minItems, maxItems, uniqueItems, contains, minContains = 1, maxContains = null } = schema;
  return ofType(
    'isArray',
    [
      typeof minItems === 'number' && minItems > 0 ? `${VALUE}.length >= ${literal(minItems)}` : 'true',
      typeof maxItems === 'number' ? `${VALUE}.length <= ${literal(maxItems)}` : 'true',
      ...itemConditions(schema, compiler),
      contains === undefined
        ? 'true'
        : `${helper('isSized')}(${VALUE}, ${functionOf(contains as JsonSchema, compiler)}, ${literal(minContains)}, ${maxContains === null ? 'Infinity' : literal(maxContains)})`,
      uniqueItems === true ? `${helper('unique')}(${VALUE})` : 'true',
    ],
    isKnown,
    compiler,
  );
}

function itemConditions({ prefixItems, items }: SchemaObject, compiler: Compiler): readonly string[] {
  const prefix = Array.isArray(prefixItems) ? prefixItems.filter(isSchema) : [];
  const first = prefix.map((schema, index) => {
    const condition = compiler.conditionOf(schema, `${VALUE}[${index}]`, compiler);
    return anyOf([`${VALUE}.length <= ${index}`, condition]);
  });
  const each = isSchema(items) ? compiler.conditionOf(items, `${VALUE}[at]`, compiler) : 'true';
  if (each === 'true') return first;
  const statement = `for (let at = ${prefix.length}; at < ${VALUE}.length; at += 1) if (!(${each})) return false;`;
  return [...first, loop('readonly unknown[]', statement, compiler)];
}

/** Conditions of the keywords for objects. `isKnown`: the value is always an object. */
export function objectKeywords(schema: SchemaObject, isKnown: boolean, compiler: Compiler): string {
  const { helper } = compiler.functions;
  const { minProperties = 0, maxProperties = null, propertyNames } = schema;
  const isCounted = minProperties !== 0 || maxProperties !== null;
  const counts = [VALUE, literal(minProperties), maxProperties === null ? 'Infinity' : literal(maxProperties)];
  return ofType(
    'isObject',
    [
      ...names(schema.required).map((name) => `${memberOf(VALUE, name)} !== undefined`),
      ...entries(schema.properties).map(([name, inner]) => ifPresent(name, inner, compiler)),
      isCounted ? `${helper('atMost')}(${counts.join(', ')})` : 'true',
      isSchema(propertyNames) ? `${helper('namesAre')}(${VALUE}, ${functionOf(propertyNames, compiler)})` : 'true',
      ...otherConditions(schema, compiler),
      ...dependentConditions(schema, compiler),
      ...filledConditions(schema, compiler),
    ],
    isKnown,
    compiler,
  );
}

/** Conditions that only apply to one type. If the type is not known, they are in a function of their own. */
function ofType(
  helper: 'isArray' | 'isObject',
  conditions: readonly string[],
  isKnown: boolean,
  { functions }: Compiler,
): string {
  const given = allOf(conditions);
  if (given === 'true') return 'true';
  const isArray = helper === 'isArray';
  const all = isArray ? given : allOf([`${functions.helper('isPlain')}(${VALUE}.__proto__)`, given]);
  if (isKnown) return all;
  const name = functions.anonymous(`return ${all};`, isArray ? 'readonly unknown[]' : 'Members');
  return `(!${functions.helper(helper)}(${VALUE}) || ${name}(${VALUE}))`;
}

const names = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];

const entries = (value: unknown): readonly (readonly [string, JsonSchema])[] =>
  Object.entries(isSchemaObject(value) ? value : {}).filter((entry): entry is [string, JsonSchema] =>
    isSchema(entry[1]),
  );

function ifPresent(name: string, schema: JsonSchema, compiler: Compiler): string {
  const at = memberOf(VALUE, name);
  return anyOf([`${at} === undefined`, compiler.conditionOf(schema, at, compiler)]);
}

/** Conditions of `patternProperties` and `additionalProperties`, in one loop over all properties. */
function otherConditions(schema: SchemaObject, compiler: Compiler): readonly string[] {
  const patterns = entries(schema.patternProperties);
  const { additionalProperties: others } = schema;
  const rest = isSchema(others) ? compiler.conditionOf(others, 'item', compiler) : 'true';
  if (patterns.length === 0 && rest === 'true') return [];
  const named = entries(schema.properties).map(([name]) => `key === ${stringLiteral(name)}`);
  const statements = [`const item = ${VALUE}[key];`, 'if (item === undefined) continue;'];
  const tests = patterns.map(([pattern, inner]) => {
    const test = `${compiler.functions.constant(`/* @__PURE__ */ ${patternText(pattern)}`)}.test(key)`;
    const condition = compiler.conditionOf(inner, 'item', compiler);
    if (condition !== 'true') statements.push(`if (${test} && !(${condition})) return false;`);
    return test;
  });
  if (rest !== 'true') {
    const known = anyOf([...named, ...tests]);
    const broken = rest === 'false' ? 'true' : `!(${rest})`;
    statements.push(
      known === 'false' ? `if (${broken}) return false;` : `if (!${paren(known)} && ${broken}) return false;`,
    );
  }
  return [loop('Members', `for (const key in ${VALUE}) {\n    ${statements.join('\n    ')}\n  }`, compiler)];
}

const paren = (condition: string): string => (condition.startsWith('(') ? condition : `(${condition})`);

function dependentConditions(schema: SchemaObject, compiler: Compiler): readonly string[] {
  const required = Object.entries(isSchemaObject(schema.dependentRequired) ? schema.dependentRequired : {});
  return [
    ...required.map(([name, needed]) =>
      anyOf([
        `${memberOf(VALUE, name)} === undefined`,
        allOf(names(needed).map((other) => `${memberOf(VALUE, other)} !== undefined`)),
      ]),
    ),
    ...entries(schema.dependentSchemas).map(([name, inner]) =>
      anyOf([`${memberOf(VALUE, name)} === undefined`, apartFromOthers(inner, compiler)]),
    ),
  ];
}

/** Properties with a default come last: if one is missing, zod fills it in. */
function filledConditions(schema: SchemaObject, { functions, printer }: Compiler): readonly string[] {
  const required = names(schema.required);
  return entries(schema.properties)
    .filter(([name, inner]) => !required.includes(name) && printer.shapes.fallback(inner) !== undefined)
    .map(([name]) => `${functions.helper('filled')}(${memberOf(VALUE, name)})`);
}
