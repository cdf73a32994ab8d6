import { literal } from '../../../common/text/literal.ts';
import { knownFormat } from '../../../model/schema/shape/formats.ts';
import type { NumberBounds, Primitive, Shape } from '../../../model/schema/shape/shape.ts';
import { patternText } from '../printer.ts';
import { allOf, anyOf } from './code.ts';
import { type Compiler, typed } from './compiler.ts';

/** Maximum number of values that are compared one by one. Longer lists become a set. */
const MOST_COMPARED = 8;

/** The condition that a value is one of these. */
export function literalsCondition(values: readonly Primitive[], at: string, { functions }: Compiler): string {
  if (values.length <= MOST_COMPARED) return anyOf(values.map((value) => `${at} === ${literal(value)}`));
  const set = functions.constant(`/* @__PURE__ */ new Set<unknown>(${literal(values)})`);
  return `${functions.helper('isListed')}(${set}, ${at})`;
}

type StringShape = Pick<Extract<Shape, { kind: 'string' }>, 'min' | 'max' | 'pattern' | 'format'>;

/** Further conditions for a string. The length comes first: a pattern may be slow on long strings. */
function stringConditions(shape: StringShape, at: string, compiler: Compiler): readonly string[] {
  const { functions, printer } = compiler;
  const { min, max, pattern, format } = shape;
  const known = knownFormat(format, 'string');
  const conditions: string[] = [];
  if (max < Number.POSITIVE_INFINITY) conditions.push(`${functions.helper('lengthIs')}(${at}, ${min}, ${max})`);
  else if (min > 1) conditions.push(`${functions.helper('lengthIs')}(${at}, ${min})`);
  else if (min > 0) conditions.push(`${at} !== ''`);
  if (known !== undefined) conditions.push(`${printer.use(known.helper)}.test(${at})`);
  if (pattern !== undefined && pattern !== known?.implies)
    conditions.push(`${functions.constant(`/* @__PURE__ */ ${patternText(pattern)}`)}.test(${at})`);
  return conditions;
}

export function stringCondition(shape: StringShape, at: string, compiler: Compiler): string {
  return typed('isString', at, stringConditions(shape, at, compiler), compiler);
}

/** Further conditions for a number. */
export function boundConditions(bounds: NumberBounds, at: string, { functions }: Compiler): readonly string[] {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum, multipleOf } = bounds;
  return [
    minimum !== undefined && `${at} >= ${literal(minimum)}`,
    exclusiveMinimum !== undefined && `${at} > ${literal(exclusiveMinimum)}`,
    maximum !== undefined && `${at} <= ${literal(maximum)}`,
    exclusiveMaximum !== undefined && `${at} < ${literal(exclusiveMaximum)}`,
    multipleOf !== undefined && `${functions.helper('multiple')}(${at}, ${literal(multipleOf)})`,
  ].filter((condition) => typeof condition === 'string');
}

type NumberShape = Extract<Shape, { kind: 'number' }>;

export function numberCondition({ integer, bounds, format }: NumberShape, at: string, compiler: Compiler): string {
  const known = knownFormat(format, 'number')?.helper;
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = bounds;
  const isSafe =
    Math.max(minimum ?? -Infinity, exclusiveMinimum ?? -Infinity) >= Number.MIN_SAFE_INTEGER &&
    Math.min(maximum ?? Infinity, exclusiveMaximum ?? Infinity) <= Number.MAX_SAFE_INTEGER;
  const conditions = boundConditions(bounds, at, compiler);
  if (known === 'int32') return typed('isInt32', at, conditions, compiler);
  if (known === 'int64' || (integer && isSafe)) return typed('isSafeInteger', at, conditions, compiler);
  const float = known === 'float' ? [`${compiler.printer.use('float')}.test(${at})`] : [];
  return typed(integer ? 'isInteger' : 'isNumber', at, [...float, ...conditions], compiler);
}

/** The condition for a string, which accepts values of all other types. */
export function ifString(shape: StringShape, at: string, compiler: Compiler): string {
  const conditions = stringConditions(shape, at, compiler);
  return conditions.length === 0 ? 'true' : `(typeof ${at} !== 'string' || ${allOf(conditions)})`;
}
