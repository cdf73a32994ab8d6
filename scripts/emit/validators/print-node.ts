import { keyLiteral, literal } from '../../common/text/literal.ts';
import { isInt64 } from '../../model/schema/int64.ts';
import { isSchema, isSchemaObject, type SchemaObject } from '../../model/schema/keywords.ts';
import { upgradeSchema } from '../../model/schema/types/upgrade.ts';
import type { JsonSchema } from '../../model/types.ts';
import { printMapping } from './print-mapping.ts';
import { asksFor, droppedBy, memberEntries } from './print-members.ts';
import {
  type Entries,
  type Entry,
  isLater,
  listText,
  objectText,
  type Printer,
  patternText,
  strips,
  unitOf,
} from './printer.ts';

const VALUES = [
  'type',
  'enum',
  'const',
  'minLength',
  'maxLength',
  'minimum',
  'exclusiveMinimum',
  'maximum',
  'exclusiveMaximum',
  'multipleOf',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minContains',
  'maxContains',
  'minProperties',
  'maxProperties',
  'dependentRequired',
];
const INSIDE = [
  'items',
  'contains',
  'unevaluatedItems',
  'additionalProperties',
  'propertyNames',
  'unevaluatedProperties',
];
const IN_PLACE = ['not', 'if', 'then', 'else'];

/** Names of properties. */
type Names = ReadonlySet<string>;
const NONE: Names = new Set();

/**
 * A schema as data in the keywords of JSON Schema, for the runtime's `schema()`. References are resolved.
 *
 * @param ignoredAround properties that another schema for the same value omits
 */
export function printNode(schema: JsonSchema, printer: Printer, ignoredAround?: Names): string {
  const upgraded = upgradeSchema(schema);
  if (!isSchemaObject(upgraded)) return String(upgraded);
  if (printer.types.int64 !== undefined && isInt64(upgraded)) return int64Text(upgraded, printer, ignoredAround);
  const ignored = new Set([...(ignoredAround ?? []), ...droppedBy(upgraded, printer)]);
  return objectText([
    ...VALUES.flatMap((keyword) => entry(upgraded, keyword, (value) => literal(value))),
    ...textEntries(upgraded),
    ...arrayEntries(upgraded, printer),
    ...memberEntries(upgraded, ignored, printer, (value) => insideText(value, printer)),
    ...INSIDE.flatMap((keyword) => entry(upgraded, keyword, (value) => insideText(value, printer))),
    ...IN_PLACE.flatMap((keyword) => entry(upgraded, keyword, (value) => inPlaceText(value, printer))),
    ...entry(upgraded, 'allOf', (value) => listText(value, (inner) => inPlaceText(inner, printer, ignored))),
    ...choiceEntries(upgraded, schema, printer),
    ...entry(upgraded, 'dependentSchemas', (value) => mapText(value, (inner) => inPlaceText(inner, printer))),
    ...referenceEntries(upgraded, schema, ignored, printer),
    ...(strips(schema, printer) && ignoredAround === undefined ? [['strip', 'true'] as const] : []),
  ]);
}

const OF_NUMBERS = new Set(['minimum', 'exclusiveMinimum', 'maximum', 'exclusiveMaximum', 'multipleOf']);

/** Zod checks 64-bit integers, and the runtime checks all other keywords of the schema. */
function int64Text(schema: SchemaObject, printer: Printer, ignoredAround: Names | undefined): string {
  const { format, type, ...words } = schema;
  const isOfNumbers = (keyword: string): boolean => OF_NUMBERS.has(keyword);
  const bounds = Object.entries(words).filter(([keyword]) => isOfNumbers(keyword));
  const others = Object.entries(words).filter(([keyword]) => !isOfNumbers(keyword));
  const types = [type].flat();
  const { text: integer } = printer.printZod({ ...Object.fromEntries(bounds), type: 'integer', format }, printer);
  const rest = types.filter((each) => each !== 'integer' && each !== 'number');
  const choices = rest.length === 0 ? [integer] : [integer, printNode({ type: rest }, printer)];
  const own = choices.length === 1 ? integer : `{ anyOf: [${choices.join(', ')}] }`;
  const isPlain = others.every(([keyword]) => ANNOTATIONS.has(keyword));
  return isPlain ? own : `{ allOf: [${own}, ${printNode(Object.fromEntries(others), printer, ignoredAround)}] }`;
}

const ANNOTATIONS = new Set([
  'title',
  'description',
  'default',
  'example',
  'examples',
  'deprecated',
  'readOnly',
  'writeOnly',
]);

function entry(schema: SchemaObject, keyword: string, print: (value: unknown) => string): Entries {
  return Object.hasOwn(schema, keyword) ? [[keyword, print(schema[keyword])]] : [];
}

/** The schema of a property or an item. It is a zod expression if zod can express it exactly. */
function insideText(value: unknown, printer: Printer): string {
  if (!isSchema(value)) return 'true';
  if (typeof value === 'boolean') return String(value);
  if (unitOf(value, printer) !== undefined) return unitText(value, printer);
  return printer.shapes.shapeOf(value).kind === 'general'
    ? printNode(value, printer)
    : printer.printZod(value, printer).text;
}

/** A schema for the value itself, as data, so that the runtime knows the properties and items that it has evaluated. */
function inPlaceText(value: unknown, printer: Printer, ignored = NONE): string {
  if (!isSchema(value)) return 'true';
  const inWords = unitOf(value, printer) === undefined || asksFor(value, ignored, printer);
  return inWords ? printNode(value, printer, ignored) : unitText(value, printer);
}

function unitText(schema: JsonSchema, printer: Printer): string {
  const unit = unitOf(schema, printer);
  if (unit === undefined) return inPlaceText(schema, printer);
  const name = printer.nameOf(unit);
  return isLater(unit, printer) ? `() => ${name}` : name;
}

function mapText(value: unknown, print: (inner: unknown) => string): string {
  return isSchemaObject(value) ? objectText(Object.entries(value).map(([name, inner]) => [name, print(inner)])) : '{}';
}

function textEntries(schema: SchemaObject): Entries {
  return entry(schema, 'pattern', (value) => patternText(String(value)));
}

function arrayEntries(schema: SchemaObject, printer: Printer): Entries {
  return entry(schema, 'prefixItems', (value) => listText(value, (inner) => insideText(inner, printer)));
}

function choiceEntries(schema: SchemaObject, original: JsonSchema, printer: Printer): Entries {
  const list = (keyword: string) =>
    entry(schema, keyword, (value) => listText(value, (inner) => inPlaceText(inner, printer)));
  const mapping = printMapping(schema, printer);
  if (mapping !== undefined) return [['discriminator', mapping]];
  // A 64-bit integer as a string may also match an alternative of strings.
  const isAmbiguous = isSchemaObject(original) && printer.knowledge.ambiguous.has(original);
  if (isAmbiguous && schema.anyOf === undefined) return list('oneOf').map(([, text]) => ['anyOf', text]);
  return ['anyOf', 'oneOf'].flatMap(list);
}

function referenceEntries(schema: SchemaObject, original: JsonSchema, ignored: Names, printer: Printer): Entries {
  const { resources } = printer.knowledge.graph;
  const entries: Entry[] = [];
  const target = (keyword: string): string | undefined => {
    const ref = schema[keyword];
    const to = typeof ref === 'string' ? resources.resolve(ref, schema) : undefined;
    return to === undefined ? undefined : inPlaceText(to, printer, ignored);
  };
  const to = target('$ref');
  if (to !== undefined) entries.push(['$ref', to]);
  const otherwise = target('$dynamicRef');
  if (otherwise !== undefined) {
    const anchor = resources.dynamicAnchor(String(schema.$dynamicRef), schema);
    if (anchor === undefined) entries.push(['$dynamicRef', `{ anchor: '', otherwise: ${otherwise} }`]);
    else entries.push(['$dynamicRef', `{ anchor: ${literal(anchor)}, otherwise: ${otherwise} }`]);
  }
  const { resource } = resources.placeOf(original);
  const entered = printer.owner?.schema === original || resource.root === original;
  if (entered && isSchemaObject(original) && printer.shapes.dynamic.has(original) && resource.dynamicAnchors.size > 0) {
    const anchors = [...resource.dynamicAnchors].map(
      ([name, inner]) => `${keyLiteral(name)}: ${lazily(inner, printer)}`,
    );
    entries.push(['$dynamicAnchors', `{ ${anchors.join(', ')} }`]);
  }
  return entries;
}

/** A dynamic anchor may belong to a constant that is defined much later, so the reference is always lazy. */
function lazily(schema: JsonSchema, printer: Printer): string {
  const unit = unitOf(schema, printer);
  return unit === undefined ? printNode(schema, printer) : `() => ${printer.nameOf(unit)}`;
}
