import { literal } from '../../common/text/literal.ts';
import { knownFormat } from '../../model/schema/shape/formats.ts';
import type { Primitive, Shape } from '../../model/schema/shape/shape.ts';
import type { JsonSchema } from '../../model/types.ts';
import { printType } from './print-type.ts';
import { exactType } from './printed.ts';
import { MOST_LISTED, type Printed, type Printer, patternText } from './printer.ts';

/** `const` and `enum` of values that JavaScript compares as JSON does. */
export function printLiterals(values: readonly Primitive[], schema: JsonSchema, printer: Printer): Printed {
  const [first] = values;
  if (values.length > MOST_LISTED) {
    const type = printType(schema, printer);
    return { text: `${printer.use('literals')}<${type}>(${literal(values)})`, type: exactType(type, printer) };
  }
  if (values.length === 1) return { text: `z.literal(${literal(first)})`, type: `z.ZodLiteral<${literal(first)}>` };
  const type = [...new Set(values)].map((value) => literal(value)).join(' | ');
  const texts = values.every((value) => typeof value === 'string' && value !== '__proto__');
  return texts
    ? { text: `z.enum(${literal(values)})`, type: `z.ZodEnum<z.core.util.ToEnum<${type}>>` }
    : { text: `z.literal(${literal(values)})`, type: `z.ZodLiteral<${type}>` };
}

/** A zod expression for a string. */
export function printString(shape: Extract<Shape, { kind: 'string' }>, printer: Printer): string {
  const { min, max, pattern, format } = shape;
  const known = knownFormat(format, 'string');
  const bounds = max === Number.POSITIVE_INFINITY ? literal(min) : `${literal(min)}, ${literal(max)}`;
  // A string that is not empty has at least one code point. For other bounds, the helper counts code points.
  const length =
    min <= 1 && max === Number.POSITIVE_INFINITY
      ? min === 1 && '.min(1)'
      : `.check(${printer.use('length')}(${bounds}))`;
  return [
    'z.string()',
    length,
    known !== undefined && `.check(${printer.use('format')}(${printer.use(known.helper)}))`,
    pattern !== undefined && pattern !== known?.implies && `.regex(${patternText(pattern)})`,
  ]
    .filter((part) => typeof part === 'string')
    .join('');
}

/** A zod expression for a number. */
export function printNumber(shape: Extract<Shape, { kind: 'number' }>, printer: Printer): Printed {
  const { integer, bounds, format } = shape;
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum, multipleOf } = bounds;
  const { int64 } = printer.types;
  if (int64 !== undefined && format === 'int64') {
    const helper = printer.use(int64 === 'bigint' ? 'int64Bigint' : 'int64String');
    const text = `${helper}(${Object.keys(bounds).length === 0 ? '' : literal(bounds)})`;
    return { text, type: exactType(int64, printer) };
  }
  const safe =
    Math.max(minimum ?? -Infinity, exclusiveMinimum ?? -Infinity) >= Number.MIN_SAFE_INTEGER &&
    Math.min(maximum ?? Infinity, exclusiveMaximum ?? Infinity) <= Number.MAX_SAFE_INTEGER;
  const known = format === 'int32' || format === 'double' ? undefined : knownFormat(format, 'number')?.helper;
  // Safe bounds of an integer are narrower than the range of 64 bits.
  const helper = known === 'int64' && safe ? undefined : known;
  const whole = known === 'int64' ? safe : integer;
  const [base, type] =
    format === 'int32'
      ? ['z.int32()', 'z.ZodInt32']
      : !whole
        ? ['z.number()', 'z.ZodNumber']
        : safe
          ? ['z.int()', 'z.ZodInt']
          : [`${printer.use('integer')}()`, 'z.ZodNumber'];
  const text = [
    base,
    helper !== undefined && `.check(${printer.use('format')}(${printer.use(helper)}))`,
    minimum !== undefined && `.min(${literal(minimum)})`,
    exclusiveMinimum !== undefined && `.gt(${literal(exclusiveMinimum)})`,
    maximum !== undefined && `.max(${literal(maximum)})`,
    exclusiveMaximum !== undefined && `.lt(${literal(exclusiveMaximum)})`,
    multipleOf !== undefined && `.check(${printer.use('multipleOf')}(${literal(multipleOf)}))`,
  ]
    .filter((part) => typeof part === 'string')
    .join('');
  return { text, type };
}
