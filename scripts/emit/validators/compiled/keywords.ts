import { canonical } from '../../../../runtime/validators/json.ts';
import { stringLiteral } from '../../../common/text/literal.ts';
import { discriminatorChoices } from '../../../model/schema/discriminator.ts';
import { isSchema, isSchemaObject, type SchemaObject } from '../../../model/schema/keywords.ts';
import { declaredTypes, type TypeName } from '../../../model/schema/relevant.ts';
import { KNOWN_FORMATS } from '../../../model/schema/shape/formats.ts';
import { upgradeSchema } from '../../../model/schema/types/upgrade.ts';
import type { JsonSchema } from '../../../model/types.ts';
import { unitOf } from '../printer.ts';
import { allOf, anyOf, memberOf, not, VALUE } from './code.ts';
import { apartFromOthers, type Compiler } from './compiler.ts';
import { arrayKeywords, objectKeywords } from './holders.ts';
import { boundConditions, ifString } from './scalars.ts';

/**
 * The condition of a schema by the rules of JSON Schema: a keyword for one type accepts values of all other types.
 *
 * @param known the type that the value is known to have
 */
export function keywordsCondition(schema: JsonSchema, compiler: Compiler, known?: 'array' | 'object'): string {
  const upgraded = upgradeSchema(schema);
  if (!isSchemaObject(upgraded)) return String(upgraded);
  const types = known === undefined ? declaredTypes(upgraded) : [known];
  return allOf([
    known === undefined ? typeCondition(upgraded, compiler) : 'true',
    valuesCondition(upgraded, compiler),
    ...referenceConditions(upgraded, compiler),
    ...list(upgraded.allOf).map((part) => apartFromOthers(part, compiler)),
    ...choiceConditions(upgraded, compiler),
    ...logicConditions(upgraded, compiler),
    concerns(types, 'string') ? textCondition(upgraded, compiler) : 'true',
    concerns(types, 'number', 'integer') ? numbersCondition(upgraded, compiler) : 'true',
    concerns(types, 'array') ? arrayKeywords(upgraded, types?.length === 1, compiler) : 'true',
    concerns(types, 'object') ? objectKeywords(upgraded, types?.length === 1, compiler) : 'true',
  ]);
}

/** Whether the declared types include one of these types. Without declared types, every type is possible. */
const concerns = (declared: readonly TypeName[] | undefined, ...types: readonly TypeName[]): boolean =>
  declared === undefined || types.some((type) => declared.includes(type));

const list = (value: unknown): readonly JsonSchema[] => (Array.isArray(value) ? value.filter(isSchema) : []);

const TYPES: { readonly [type: string]: string } = {
  string: 'isString',
  number: 'isNumber',
  integer: 'isInteger',
  boolean: 'isBoolean',
  array: 'isArray',
  object: 'isObject',
};

function typeCondition({ type }: SchemaObject, { functions }: Compiler): string {
  if (type === undefined) return 'true';
  return anyOf(
    [type].flat().map((each) => {
      const helper = TYPES[String(each)];
      if (helper !== undefined) return `${functions.helper(helper)}(${VALUE})`;
      return each === 'null' ? `${VALUE} === null` : 'false';
    }),
  );
}

function valuesCondition(schema: SchemaObject, { functions }: Compiler): string {
  const lists: unknown[][] = [];
  if (Array.isArray(schema.enum)) lists.push(schema.enum);
  if ('const' in schema) lists.push([schema.const]);
  return allOf(
    lists.map((values) => {
      const texts = values.map((value) => stringLiteral(canonical(value)));
      return texts.length === 0 ? 'false' : `${functions.helper('isSame')}(${[VALUE, ...texts].join(', ')})`;
    }),
  );
}

function referenceConditions(schema: SchemaObject, compiler: Compiler): readonly string[] {
  const { resolve } = compiler.printer.knowledge.graph.resources;
  return [schema.$ref, schema.$dynamicRef].flatMap((ref) => {
    const target = typeof ref === 'string' ? resolve(ref, schema) : undefined;
    return target === undefined ? [] : [apartFromOthers(target, compiler)];
  });
}

function choiceConditions(schema: SchemaObject, compiler: Compiler): readonly string[] {
  const { printer, functions } = compiler;
  const choices = discriminatorChoices(schema, printer.knowledge.graph.resources);
  if (choices instanceof Map && isSchemaObject(schema.discriminator)) {
    const tag = memberOf(VALUE, String(schema.discriminator.propertyName));
    const branches = [...choices].map(([value, target]) => {
      const condition = unitOf(target, printer) === undefined ? 'false' : apartFromOthers(target, compiler);
      return `${tag} === ${stringLiteral(value)} ? ${condition} : `;
    });
    return [`${functions.helper('isObject')}(${VALUE})`, `(${branches.join('\n')}false)`];
  }
  const any = Array.isArray(schema.anyOf) ? [anyOf(conditionsOf(schema.anyOf, compiler))] : [];
  const one = Array.isArray(schema.oneOf)
    ? [`${functions.helper('onlyOne')}(${conditionsOf(schema.oneOf, compiler).join(', ')})`]
    : [];
  return [...any, ...one];
}

function conditionsOf(schemas: unknown, compiler: Compiler): readonly string[] {
  return list(schemas).map((schema) => apartFromOthers(schema, compiler));
}

function logicConditions(schema: SchemaObject, compiler: Compiler): readonly string[] {
  const of = (keyword: string): string => {
    const inner = schema[keyword];
    return isSchema(inner) ? apartFromOthers(inner, compiler) : 'true';
  };
  return [
    'not' in schema ? not(of('not')) : 'true',
    'if' in schema ? `(${of('if')} ? ${of('then')} : ${of('else')})` : 'true',
  ];
}

function textCondition({ minLength, maxLength, pattern, format }: SchemaObject, compiler: Compiler): string {
  const known = typeof format === 'string' ? KNOWN_FORMATS.get(format) : undefined;
  return ifString(
    {
      min: typeof minLength === 'number' ? minLength : 0,
      max: typeof maxLength === 'number' ? maxLength : Number.POSITIVE_INFINITY,
      ...(typeof pattern === 'string' && { pattern }),
      ...(known?.type === 'string' && { format: String(format) }),
    },
    VALUE,
    compiler,
  );
}

function numbersCondition(schema: SchemaObject, compiler: Compiler): string {
  const known = typeof schema.format === 'string' ? KNOWN_FORMATS.get(schema.format) : undefined;
  const format = known?.type === 'number' ? [`${compiler.printer.use(known.helper)}.test(${VALUE})`] : [];
  const conditions = [...boundConditions(schema, VALUE, compiler), ...format];
  return conditions.length === 0 ? 'true' : `(typeof ${VALUE} !== 'number' || ${allOf(conditions)})`;
}
