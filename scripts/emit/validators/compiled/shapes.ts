import { literal } from '../../../common/text/literal.ts';
import type { ObjectShape, Shape } from '../../../model/schema/shape/shape.ts';
import type { JsonSchema } from '../../../model/types.ts';
import { strips, unitOf } from '../printer.ts';
import { allOf, anyOf, memberOf, VALUE } from './code.ts';
import { type Compiler, called, loop } from './compiler.ts';
import { keywordsCondition } from './keywords.ts';
import { memberConditions } from './objects.ts';
import { literalsCondition, numberCondition, stringCondition } from './scalars.ts';

/** The condition for the value of the expression `at` to be valid. For a named schema, it is a call. */
export function conditionOf(schema: JsonSchema, at: string, compiler: Compiler): string {
  const { printer, functions } = compiler;
  const unit = unitOf(schema, printer);
  const shape = printer.shapes.shapeOf(schema);
  if (unit === undefined || isSmall(shape, printer.shapes.shapeOf))
    return conditionOfShape(shape, schema, at, compiler);
  return `${functions.named(printer.nameOf(unit))}(${at})`;
}

/**
 * Maximum number of references that are followed without a function. In a longer chain, each has a function of its own.
 */
const MOST_FOLLOWED = 8;

/** Whether a schema's check is shorter than calling a function for it. */
export function isSmall(shape: Shape, shapeOf: (schema: JsonSchema) => Shape): boolean {
  switch (shape.kind) {
    case 'any':
    case 'never':
    case 'boolean':
    case 'null':
    case 'number':
    case 'string':
      return true;
    case 'reference': {
      let { to } = shape;
      for (let followed = 0; followed < MOST_FOLLOWED; followed += 1) {
        const next = shapeOf(to);
        if (next.kind !== 'reference') return true;
        ({ to } = next);
      }
      return false;
    }
    case 'literals':
      return shape.values.length < 3;
    case 'nullable':
      return isSmall(shape.of, shapeOf);
    case 'union':
      return (
        !shape.exclusive &&
        shape.options.length < 4 &&
        shape.options.every((option) => 'shape' in option && isSmall(option.shape, shapeOf))
      );
    default:
      return false;
  }
}

/** The condition for the value of the expression `at` to have a shape. */
export function conditionOfShape(shape: Shape, schema: JsonSchema, at: string, compiler: Compiler): string {
  switch (shape.kind) {
    case 'any':
      return 'true';
    case 'never':
      return 'false';
    case 'boolean':
      return `${compiler.functions.helper('isBoolean')}(${at})`;
    case 'null':
      return `${at} === null`;
    case 'reference':
      return conditionOf(shape.to, at, compiler);
    case 'literals':
      return literalsCondition(shape.values, at, compiler);
    case 'string':
      return stringCondition(shape, at, compiler);
    case 'number':
      return numberCondition(shape, at, compiler);
    case 'nullable':
      return anyOf([`${at} === null`, conditionOfShape(shape.of, schema, at, compiler)]);
    case 'array':
      return called(at, compiler, () => arrayCondition(shape, compiler));
    case 'tuple':
      return called(at, compiler, () => tupleCondition(shape.items, compiler));
    case 'object':
    case 'merged':
      return called(at, compiler, () => objectCondition(shape, schema, compiler));
    case 'union': {
      const options = shape.options.map((option) =>
        'shape' in option
          ? conditionOfShape(option.shape, schema, at, compiler)
          : conditionOf(option.schema, at, compiler),
      );
      if (!shape.exclusive) return anyOf(options);
      return `${compiler.functions.helper('onlyOne')}(${options.join(', ')})`;
    }
    case 'tagged':
      return anyOf(shape.options.map((option) => conditionOf(option, at, compiler)));
    case 'general':
      return called(at, compiler, () => keywordsCondition(schema, compiler));
  }
}

function arrayCondition(shape: Extract<Shape, { kind: 'array' }>, compiler: Compiler): string {
  const { items, min, max, also } = shape;
  const length = memberOf(VALUE, 'length');
  const item = compiler.conditionOf(items, 'item', compiler);
  return allOf([
    `${compiler.functions.helper('isArray')}(${VALUE})`,
    min > 0 ? `${length} >= ${literal(min)}` : 'true',
    max < Number.POSITIVE_INFINITY ? `${length} <= ${literal(max)}` : 'true',
    item === 'true'
      ? 'true'
      : loop('readonly unknown[]', `for (const item of ${VALUE}) if (!(${item})) return false;`, compiler),
    also === undefined ? 'true' : keywordsCondition(also, compiler, 'array'),
  ]);
}

function tupleCondition(items: readonly JsonSchema[], compiler: Compiler): string {
  return allOf([
    `${compiler.functions.helper('isArray')}(${VALUE})`,
    `${VALUE}.length === ${items.length}`,
    ...items.map((item, index) => compiler.conditionOf(item, `${VALUE}[${index}]`, compiler)),
  ]);
}

type OfObject = Extract<Shape, { kind: 'object' | 'merged' }>;

function objectCondition(shape: OfObject, schema: JsonSchema, compiler: Compiler): string {
  const { helper } = compiler.functions;
  const own = shape.kind === 'merged' ? shape.own : shape;
  const isStripped = strips(schema, compiler.printer) && !own.open;
  // The bases of an object declare other properties. To strip, one check must know all names.
  const bases = shape.kind === 'merged' && !isStripped ? shape.bases : [];
  const flat = shape.kind === 'merged' && isStripped ? { ...own, properties: allProperties(shape, compiler) } : own;
  const others = own.closed ? 'refused' : isStripped ? 'stripped' : 'kept';
  return allOf([
    `${helper('isObject')}(${VALUE})`,
    `${helper('isPlain')}(${VALUE}.__proto__)`,
    ...bases.map((base) => compiler.conditionOf(base, VALUE, compiler)),
    ...memberConditions(flat, others, compiler),
    own.also === undefined ? 'true' : keywordsCondition(own.also, compiler, 'object'),
  ]);
}

function allProperties(shape: Shape, compiler: Compiler): ObjectShape['properties'] {
  const { shapeOf } = compiler.printer.shapes;
  switch (shape.kind) {
    case 'reference':
      return allProperties(shapeOf(shape.to), compiler);
    case 'merged':
      return [...shape.bases.flatMap((base) => allProperties(shapeOf(base), compiler)), ...shape.own.properties];
    case 'object':
      return shape.properties;
    default:
      return [];
  }
}
