import { stringLiteral } from '../../../common/text/literal.ts';
import { isSchemaObject } from '../../../model/schema/keywords.ts';
import { declaredTypes } from '../../../model/schema/relevant.ts';
import type { ObjectShape, Property, Shape } from '../../../model/schema/shape/shape.ts';
import type { JsonSchema } from '../../../model/types.ts';
import { allOf, anyOf, memberOf, VALUE } from './code.ts';
import { type Compiler, loop } from './compiler.ts';

/** The rule for properties that an object schema does not declare. */
export type Others = 'kept' | 'stripped' | 'refused';

/**
 * The conditions for the properties of a value that is known to be an object. Conditions that detect a change of the
 * output come last.
 */
export function memberConditions(
  { properties, mustHave, dropped }: Pick<ObjectShape, 'properties' | 'mustHave' | 'dropped'>,
  others: Others,
  compiler: Compiler,
): readonly string[] {
  const { helper } = compiler.functions;
  // Constants come first, because they distinguish the alternatives of a union.
  const constants = properties.filter((property) => isConstant(property, compiler));
  const ordered =
    constants.length === 0
      ? properties
      : [...constants, ...properties.filter((property) => !isConstant(property, compiler))];
  // A property that is required but not declared is unknown: a closed object rejects it, and an object that strips
  // omits it.
  const known = [...properties.map(({ name }) => name), ...dropped];
  return [
    ...ordered.map((property) => propertyCondition(property, compiler)),
    ...mustHave.map((name) => `${helper('present')}(${VALUE}, ${stringLiteral(name)})`),
    ...(others === 'kept' ? [] : [noOthers(known, others, compiler)]),
    ...properties
      .filter(({ fallback }) => fallback !== undefined)
      .map(({ name }) => `${helper('filled')}(${memberOf(VALUE, name)})`),
    ...dropped.map((name) => `${helper('isAbsent')}(${VALUE}, ${stringLiteral(name)})`),
  ];
}

const isConstant = ({ schema, required }: Property, { printer }: Compiler): boolean =>
  required && printer.shapes.shapeOf(schema).kind === 'literals';

function propertyCondition({ name, schema, required }: Property, compiler: Compiler): string {
  const at = memberOf(VALUE, name);
  const condition = compiler.conditionOf(schema, at, compiler);
  if (!required) return anyOf([`${at} === undefined`, condition]);
  if (!takesUndefined(schema, compiler)) return condition;
  return allOf([`${compiler.functions.helper('present')}(${VALUE}, ${stringLiteral(name)})`, condition]);
}

const NEVER_UNDEFINED = new Set([
  'boolean',
  'null',
  'literals',
  'string',
  'number',
  'array',
  'tuple',
  'object',
  'merged',
  'tagged',
]);
const DEEPEST = 8;

/** Whether a schema's condition may accept undefined. A required property must not be undefined. */
function takesUndefined(schema: JsonSchema, { printer }: Compiler): boolean {
  const ofSchema = (of: JsonSchema, depth: number): boolean => ofShape(printer.shapes.shapeOf(of), of, depth);
  const ofShape = (shape: Shape, of: JsonSchema, depth: number): boolean => {
    if (NEVER_UNDEFINED.has(shape.kind)) return false;
    if (depth > DEEPEST) return true;
    switch (shape.kind) {
      case 'general':
        return !isSchemaObject(of) || declaredTypes(of) === undefined;
      case 'reference':
        return ofSchema(shape.to, depth + 1);
      case 'nullable':
        return ofShape(shape.of, of, depth + 1);
      case 'union':
        return shape.options.some((option) =>
          'shape' in option ? ofShape(option.shape, of, depth + 1) : ofSchema(option.schema, depth + 1),
        );
      default:
        return true;
    }
  };
  return ofSchema(schema, 0);
}

function noOthers(names: readonly string[], others: 'stripped' | 'refused', compiler: Compiler): string {
  const { helper } = compiler.functions;
  const verdict = others === 'stripped' ? `${helper('unlikely')}()` : `return ${helper('unnamed')}(${VALUE}[key])`;
  const isOther = allOf(names.map((name) => `key !== ${stringLiteral(name)}`));
  const test = isOther === 'true' ? '' : `if (${isOther}) `;
  return loop('Members', `for (const key in ${VALUE}) ${test}${verdict};`, compiler);
}
