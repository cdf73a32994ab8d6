import { literal } from '../../common/text/literal.ts';
import { isBinary } from '../../model/schema/file.ts';
import { isSchemaObject } from '../../model/schema/keywords.ts';
import type { ObjectShape, Option, Property, Shape } from '../../model/schema/shape/shape.ts';
import type { JsonSchema } from '../../model/types.ts';
import { defaultText } from './default-text.ts';
import { printNode } from './print-node.ts';
import { printLiterals, printNumber, printString } from './print-scalars.ts';
import { printType } from './print-type.ts';
import { isLater, objectText, type Printer, strips, unitOf } from './printer.ts';

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
  const isDeep = isSchemaObject(schema) && printer.knowledge.retyped.has(schema);
  const retyped = isDeep || (owner?.schema === schema && owner.recursive);
  if (!retyped || shape.kind === 'general') return text;
  return `${printer.use('typed')}<${printType(schema, printer)}>(${text})`;
}

function printReference(schema: JsonSchema, printer: Printer): string {
  const unit = unitOf(schema, printer);
  if (unit === undefined) return printDefinition(schema, printer);
  const name = printer.nameOf(unit);
  return isLater(unit, printer) ? `${printer.use('lazy')}(() => ${name})` : name;
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
      return isBinary(schema) ? `${printer.use('binary')}()` : printString(shape, printer);
    case 'number':
      return printNumber(shape, printer);
    case 'array':
      return printAlso(`z.array(${printZod(shape.items, printer)})${counts(shape)}`, shape.also, printer);
    case 'tuple':
      return `z.tuple([${shape.items.map((item) => printZod(item, printer)).join(', ')}])`;
    case 'object':
      return withRequired(shape, printObject(shape, [], schema, printer), schema, printer);
    case 'merged': {
      const bases = shape.bases.map((base) => `...${printZod(base, printer)}.shape,`);
      return withRequired(shape.own, printObject(shape.own, bases, schema, printer), schema, printer);
    }
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

function counts({ min, max }: { readonly min: number; readonly max: number }): string {
  const least = min > 0 ? `.min(${literal(min)})` : '';
  return max < Number.POSITIVE_INFINITY ? `${least}.max(${literal(max)})` : least;
}

function printObject(shape: ObjectShape, spread: readonly string[], schema: JsonSchema, printer: Printer): string {
  const { properties, closed, open, mustHave, dropped, also } = shape;
  const kind = closed ? 'strictObject' : strips(schema, printer) && !open ? 'object' : 'looseObject';
  const entries = objectText(properties.map((property) => [property.name, printProperty(property, printer)]));
  const members = spread.length === 0 ? entries : `{\n${spread.join('\n')}${entries.slice(1)}`;
  const needed = mustHave.length === 0 ? '' : `.check(${printer.use('required')}(${mustHave.map(literal).join(', ')}))`;
  const made = printAlso(`z.${kind}(${members})${needed}`, also, printer);
  const object = open && !closed && properties.length + spread.length > 0 ? `${printer.use('open')}(${made})` : made;
  return dropped.length === 0 ? object : `${printer.use('without')}(${literal(dropped)}, ${object})`;
}

/** What must be there and is not named is in the type alone. */
function withRequired({ mustHave }: ObjectShape, text: string, schema: JsonSchema, printer: Printer): string {
  return mustHave.length === 0 ? text : `${printer.use('typed')}<${printType(schema, printer)}>(${text})`;
}

/** A zod expression for a property of an object. */
export function printProperty({ schema, required, fallback }: Property, printer: Printer): string {
  const inner = printZod(schema, printer);
  if (required) return inner;
  if (fallback === undefined) return `${printer.use('optional')}(${inner})`;
  const { value } = fallback;
  const { int64 } = printer.types;
  if (int64 !== undefined) {
    const text = defaultText(value, schema, int64, printer.knowledge.graph.resources.resolve);
    return `${printer.use('defaulted')}(${inner}, () => (${text}))`;
  }
  const { kind } = printer.shapes.shapeOf(schema);
  // A wrong default would not compile in zod's own words; where the type is plain, it cannot be wrong.
  const plain = kind === 'literals' || (kind === typeof value && typeof value !== 'object');
  if (plain && unitOf(schema, printer) === undefined) return `${inner}.default(${literal(value)})`;
  return `${printer.use('defaulted')}(${inner}, () => (${literal(value)}))`;
}

function printAlso(text: string, also: ObjectShape['also'], printer: Printer): string {
  return also === undefined ? text : `${printer.use('withKeywords')}(${text}, ${printNode(also, printer)})`;
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
