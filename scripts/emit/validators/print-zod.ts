import { literal } from '../../common/text/literal.ts';
import { isBinary } from '../../model/schema/file.ts';
import { isSchemaObject } from '../../model/schema/keywords.ts';
import type { ObjectShape, Option, Property, Shape } from '../../model/schema/shape/shape.ts';
import type { JsonSchema } from '../../model/types.ts';
import { defaultText } from './default-text.ts';
import { printNode } from './print-node.ts';
import { printLiterals, printNumber, printString } from './print-scalars.ts';
import { printType } from './print-type.ts';
import { exactType, printMembers } from './printed.ts';
import { isLater, type Printed, type Printer, strips, unitOf } from './printer.ts';

/** A zod expression for a schema, and its type: the constant of a unit, or an expression in place. */
export function printZod(schema: JsonSchema, printer: Printer): Printed {
  const unit = unitOf(schema, printer);
  return unit === undefined ? printDefinition(schema, printer) : printReference(schema, printer);
}

/** The expression of a schema in place, also for a unit. */
export function printDefinition(schema: JsonSchema, printer: Printer): Printed {
  const shape = printer.shapes.shapeOf(schema);
  const printed = printShape(shape, schema, printer);
  const { owner } = printer;
  const isDeep = isSchemaObject(schema) && printer.knowledge.retyped.has(schema);
  const retyped = isDeep || (owner?.schema === schema && owner.recursive);
  if (!retyped || shape.kind === 'general') return printed;
  return retype(printed, schema, printer);
}

/** The same expression, typed as `types.ts` types the schema. */
function retype({ text }: Printed, schema: JsonSchema, printer: Printer): Printed {
  const type = printType(schema, printer);
  return { text: `${printer.use('typed')}<${type}>(${text})`, type: exactType(type, printer) };
}

function printReference(schema: JsonSchema, printer: Printer): Printed {
  const unit = unitOf(schema, printer);
  if (unit === undefined) return printDefinition(schema, printer);
  const name = printer.nameOf(unit);
  if (!isLater(unit, printer)) return { text: name, type: `typeof ${name}` };
  return { text: `${printer.use('lazy')}(() => ${name})`, type: `z.ZodLazy<typeof ${name}>` };
}

function printShape(shape: Shape, schema: JsonSchema, printer: Printer): Printed {
  switch (shape.kind) {
    case 'any':
      return { text: 'z.unknown()', type: 'z.ZodUnknown' };
    case 'never':
      return { text: 'z.never()', type: 'z.ZodNever' };
    case 'boolean':
      return { text: 'z.boolean()', type: 'z.ZodBoolean' };
    case 'null':
      return { text: 'z.null()', type: 'z.ZodNull' };
    case 'reference':
      return printReference(shape.to, printer);
    case 'literals':
      return printLiterals(shape.values, schema, printer);
    case 'string':
      return isBinary(schema)
        ? { text: `${printer.use('binary')}()`, type: exactType('Blob', printer) }
        : { text: printString(shape, printer), type: 'z.ZodString' };
    case 'number':
      return printNumber(shape, printer);
    case 'array': {
      const { text, type } = printZod(shape.items, printer);
      const array = printAlso(`z.array(${text})${counts(shape)}`, shape.also, printer);
      return { text: array, type: `z.ZodArray<${type}>` };
    }
    case 'tuple': {
      const items = printList(shape.items, printer);
      return { text: `z.tuple(${items.text})`, type: `z.ZodTuple<${items.type}, null>` };
    }
    case 'object':
      return withRequired(shape, printObject(shape, [], schema, printer), schema, printer);
    case 'merged': {
      const bases = shape.bases.map((base) => printZod(base, printer));
      return withRequired(shape.own, printObject(shape.own, bases, schema, printer), schema, printer);
    }
    case 'nullable': {
      const { text, type } = printShape(shape.of, schema, printer);
      return { text: `${text}.nullable()`, type: `z.ZodNullable<${type}>` };
    }
    case 'union':
      return printUnion(shape.exclusive, shape.options, schema, printer);
    case 'tagged': {
      const { text, type } = printList(shape.options, printer);
      const property = literal(shape.property);
      return {
        text: `z.discriminatedUnion(${property}, ${text}, ${describing(printer)})`,
        type: `z.ZodDiscriminatedUnion<${type}, ${property}>`,
      };
    }
    case 'general': {
      const type = printType(schema, printer);
      return {
        text: `${printer.use('schema')}<${type}>(${printNode(schema, printer)})`,
        type: exactType(type, printer),
      };
    }
  }
}

function printList(schemas: readonly JsonSchema[], printer: Printer): Printed {
  return joinList(schemas.map((schema) => printZod(schema, printer)));
}

function joinList(items: readonly Printed[]): Printed {
  const join = (part: keyof Printed): string => `[${items.map((item) => item[part]).join(', ')}]`;
  return { text: join('text'), type: join('type') };
}

function counts({ min, max }: { readonly min: number; readonly max: number }): string {
  const least = min > 0 ? `.min(${literal(min)})` : '';
  return max < Number.POSITIVE_INFINITY ? `${least}.max(${literal(max)})` : least;
}

const KINDS = {
  strictObject: 'z.core.$strict',
  object: 'z.core.$strip',
  looseObject: 'z.core.$loose',
} as const;

function printObject(shape: ObjectShape, bases: readonly Printed[], schema: JsonSchema, printer: Printer): Printed {
  const { properties, closed, open, mustHave, dropped, also } = shape;
  const kind = closed ? 'strictObject' : strips(schema, printer) && !open ? 'object' : 'looseObject';
  const own = printMembers(properties.map((property) => [property.name, printProperty(property, printer)]));
  const spread = bases.map(({ text }) => `...${text}.shape,`);
  const members = bases.length === 0 ? own.text : `{\n${spread.join('\n')}${own.text.slice(1)}`;
  const needed = mustHave.length === 0 ? '' : `.check(${printer.use('required')}(${mustHave.map(literal).join(', ')}))`;
  const made = printAlso(`z.${kind}(${members})${needed}`, also, printer);
  const text = open && !closed && properties.length + bases.length > 0 ? `${printer.use('open')}(${made})` : made;
  const type = `z.ZodObject<${shapeType(bases, own.type)}, ${KINDS[kind]}>`;
  if (dropped.length === 0) return { text, type };
  return {
    text: `${printer.use('without')}(${literal(dropped)}, ${text})`,
    type: `z.ZodType<z.output<${type}>, z.input<${type}>>`,
  };
}

/** The type of an object that spreads its bases and its own properties. */
function shapeType(bases: readonly Printed[], own: string): string {
  const [first, ...others] = [...bases.map(({ type }) => `(${type})['shape']`), ...(own === '{}' ? [] : [own])];
  return others.reduce((before, each) => `z.core.util.Extend<${before}, ${each}>`, first ?? '{}');
}

/** Properties that are required but not declared are only in the type. */
function withRequired({ mustHave }: ObjectShape, printed: Printed, schema: JsonSchema, printer: Printer): Printed {
  return mustHave.length === 0 ? printed : retype(printed, schema, printer);
}

/** A zod expression for a property of an object. */
export function printProperty({ schema, required, fallback }: Property, printer: Printer): Printed {
  const inner = printZod(schema, printer);
  if (required) return inner;
  if (fallback === undefined) {
    return { text: `${printer.use('optional')}(${inner.text})`, type: `z.ZodExactOptional<${inner.type}>` };
  }
  return { text: fallbackText(inner.text, schema, fallback.value, printer), type: `z.ZodDefault<${inner.type}>` };
}

function fallbackText(inner: string, schema: JsonSchema, value: unknown, printer: Printer): string {
  const { int64 } = printer.types;
  if (int64 !== undefined) {
    const text = defaultText(value, schema, int64, printer.knowledge.graph.resources.resolve);
    return `${printer.use('defaulted')}(${inner}, () => (${text}))`;
  }
  const { kind } = printer.shapes.shapeOf(schema);
  // A default of the wrong type would not compile with `.default()`. With these schemas, its type is always right.
  const plain = kind === 'literals' || (kind === typeof value && typeof value !== 'object');
  if (plain && unitOf(schema, printer) === undefined) return `${inner}.default(${literal(value)})`;
  return `${printer.use('defaulted')}(${inner}, () => (${literal(value)}))`;
}

function printAlso(text: string, also: ObjectShape['also'], printer: Printer): string {
  return also === undefined ? text : `${printer.use('withKeywords')}(${text}, ${printNode(also, printer)})`;
}

function printUnion(exclusive: boolean, options: readonly Option[], schema: JsonSchema, printer: Printer): Printed {
  const isFile = options.map((option) => 'schema' in option && fileOf(option.schema, printer));
  const besideText = exclusive && options.some((option, at) => !isFile[at] && mayBeText(option, printer));
  const printed = options.map((option, at) => {
    if (besideText && isFile[at]) return { text: `${printer.use('fileOnly')}()`, type: exactType('Blob', printer) };
    return 'shape' in option ? printShape(option.shape, schema, printer) : printZod(option.schema, printer);
  });
  const [only, ...others] = printed;
  if (only !== undefined && others.length === 0) return only;
  const { text, type } = joinList(printed);
  const isExclusive = exclusive && !(isSchemaObject(schema) && printer.knowledge.ambiguous.has(schema));
  return {
    text: `z.${isExclusive ? 'xor' : 'union'}(${text}, ${describing(printer)})`,
    type: `z.${isExclusive ? 'ZodXor' : 'ZodUnion'}<readonly ${type}>`,
  };
}

/** Whether a schema, or the one that it refers to, is a file. */
function fileOf(schema: JsonSchema, printer: Printer): boolean {
  const shape = printer.shapes.shapeOf(schema);
  return shape.kind === 'reference' ? fileOf(shape.to, printer) : shape.kind === 'string' && isBinary(schema);
}

const NEVER_TEXT: ReadonlySet<Shape['kind']> = new Set([
  'never',
  'boolean',
  'null',
  'number',
  'array',
  'tuple',
  'object',
]);

function mayBeText(option: Option, printer: Printer): boolean {
  const shape = 'shape' in option ? option.shape : printer.shapes.shapeOf(option.schema);
  return shape.kind === 'reference' ? mayBeText({ schema: shape.to }, printer) : !NEVER_TEXT.has(shape.kind);
}

function describing(printer: Printer): string {
  return `{ error: ${printer.use('describeAlternatives')} }`;
}
