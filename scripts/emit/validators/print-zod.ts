import { literal } from '../../literal.ts';
import { knownFormat } from '../../model/schema/formats.ts';
import type { ObjectShape, Option, Primitive, Property, Shape } from '../../model/schema/shape.ts';
import type { JsonSchema } from '../../model/types.ts';
import { printNode } from './print-node.ts';
import { printType } from './print-type.ts';
import { isLater, MOST_LISTED, objectText, type Printer, patternText, unitOf } from './printer.ts';

/** A zod expression for a schema: the constant of a unit, or the schema's own words. */
export function printZod(schema: JsonSchema, printer: Printer): string {
  const unit = unitOf(schema, printer);
  return unit === undefined ? printDefinition(schema, printer) : printReference(schema, printer);
}

/** A schema's own words, also for a unit. */
export function printDefinition(schema: JsonSchema, printer: Printer): string {
  const shape = printer.shapes.shapeOf(schema);
  const text = printShape(shape, schema, printer);
  const { owner } = printer;
  const retyped = owner?.schema === schema && (owner.recursive || printer.knowledge.retyped.has(owner.schema));
  if (!retyped || shape.kind === 'general') return text;
  return `${printer.use('typed')}<${printType(schema, printer)}>(${text})`;
}

export function printReference(schema: JsonSchema, printer: Printer): string {
  const unit = unitOf(schema, printer);
  if (unit === undefined) return printDefinition(schema, printer);
  const name = printer.nameOf(unit);
  return isLater(unit, printer) ? `z.lazy(() => ${name})` : name;
}

function printShape(shape: Shape, schema: JsonSchema, printer: Printer): string {
  switch (shape.kind) {
    case 'any':
      return 'z.unknown()';
    case 'never':
    case 'boolean':
    case 'null':
      return `z.${shape.kind}()`;
    case 'reference':
      return printReference(shape.to, printer);
    case 'literals':
      return printLiterals(shape.values, schema, printer);
    case 'string':
      return printString(shape, printer);
    case 'number':
      return printNumber(shape, printer);
    case 'array':
      return `z.array(${printZod(shape.items, printer)})${counts(shape)}${printAlso(shape.also, printer)}`;
    case 'tuple':
      return `z.tuple([${shape.items.map((item) => printZod(item, printer)).join(', ')}])`;
    case 'object':
      return printObject(shape, [], printer);
    case 'merged':
      return printObject(
        shape.own,
        shape.bases.map((base) => `...${printZod(base, printer)}.shape,`),
        printer,
      );
    case 'nullable':
      return `${printShape(shape.of, schema, printer)}.nullable()`;
    case 'union':
      return printUnion(shape.exclusive, shape.options, schema, printer);
    case 'tagged': {
      const options = shape.options.map((option) => printZod(option, printer)).join(', ');
      return `z.discriminatedUnion(${literal(shape.property)}, [${options}], ${describing(printer)})`;
    }
    case 'general':
      return `${printer.use('schema')}<${printType(schema, printer)}>(${printNode(schema, printer)})`;
  }
}

function printLiterals(values: readonly Primitive[], schema: JsonSchema, printer: Printer): string {
  const [first] = values;
  if (values.length > MOST_LISTED) {
    return `${printer.use('literals')}<${printType(schema, printer)}>(${literal(values)})`;
  }
  if (values.length === 1) return `z.literal(${literal(first)})`;
  const texts = values.every((value) => typeof value === 'string' && value !== '__proto__');
  return `z.${texts ? 'enum' : 'literal'}(${literal(values)})`;
}

function printString(shape: Extract<Shape, { kind: 'string' }>, printer: Printer): string {
  const { min, max, pattern, format } = shape;
  const known = knownFormat(format, 'string');
  const bounds = max === Number.POSITIVE_INFINITY ? literal(min) : `${literal(min)}, ${literal(max)}`;
  // One code unit is one code point; only other bounds must count.
  const length =
    min <= 1 && max === Number.POSITIVE_INFINITY
      ? min === 1 && '.min(1)'
      : `.check(${printer.use('length')}(${bounds}))`;
  return [
    'z.string()',
    length,
    known !== undefined && `.check(${printer.use('format')}(${printer.use(known.helper)}))`,
    pattern !== undefined && `.regex(${patternText(pattern)})`,
  ]
    .filter((part) => typeof part === 'string')
    .join('');
}

function printNumber(shape: Extract<Shape, { kind: 'number' }>, printer: Printer): string {
  const { integer, bounds, format } = shape;
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum, multipleOf } = bounds;
  const safe =
    Math.max(minimum ?? -Infinity, exclusiveMinimum ?? -Infinity) >= Number.MIN_SAFE_INTEGER &&
    Math.min(maximum ?? Infinity, exclusiveMaximum ?? Infinity) <= Number.MAX_SAFE_INTEGER;
  const helper = format === 'int32' || format === 'double' ? undefined : knownFormat(format, 'number')?.helper;
  const whole = integer && helper !== 'int64';
  const base =
    format === 'int32' ? 'z.int32()' : !whole ? 'z.number()' : safe ? 'z.int()' : `${printer.use('integer')}()`;
  return [
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
}

function counts({ min, max }: { readonly min: number; readonly max: number }): string {
  const least = min > 0 ? `.min(${literal(min)})` : '';
  return max < Number.POSITIVE_INFINITY ? `${least}.max(${literal(max)})` : least;
}

function printObject(shape: ObjectShape, spread: readonly string[], printer: Printer): string {
  const { properties, closed, mustHave, dropped, also } = shape;
  const kind = closed ? 'strictObject' : printer.knowledge.strip ? 'object' : 'looseObject';
  const entries = objectText(properties.map((property) => [property.name, printProperty(property, printer)]));
  const members = spread.length === 0 ? entries : `{\n${spread.join('\n')}${entries.slice(1)}`;
  const needed = mustHave.length === 0 ? '' : `.check(${printer.use('required')}(${mustHave.map(literal).join(', ')}))`;
  const object = `z.${kind}(${members})${needed}${printAlso(also, printer)}`;
  return dropped.length === 0 ? object : `${printer.use('without')}(${literal(dropped)}, ${object})`;
}

export function printProperty({ schema, required, fallback }: Property, printer: Printer): string {
  const inner = printZod(schema, printer);
  if (required) return inner;
  if (fallback === undefined) return `${printer.use('optional')}(${inner})`;
  const { value } = fallback;
  const { kind } = printer.shapes.shapeOf(schema);
  // A wrong default would not compile in zod's own words; where the type is plain, it cannot be wrong.
  const plain = kind === typeof value || kind === 'literals';
  if (plain && unitOf(schema, printer) === undefined) return `${inner}.default(${literal(value)})`;
  return `${printer.use('defaulted')}(${inner}, () => (${literal(value)}))`;
}

function printAlso(also: ObjectShape['also'], printer: Printer): string {
  return also === undefined ? '' : `.check(${printer.use('also')}(${printNode(also, printer)}))`;
}

function printUnion(exclusive: boolean, options: readonly Option[], schema: JsonSchema, printer: Printer): string {
  const texts = options.map((option) =>
    'shape' in option ? printShape(option.shape, schema, printer) : printZod(option.schema, printer),
  );
  if (texts.length === 1) return texts.join('');
  return `z.${exclusive ? 'xor' : 'union'}([${texts.join(', ')}], ${describing(printer)})`;
}

function describing(printer: Printer): string {
  return `{ error: ${printer.use('describeAlternatives')} }`;
}
