import type { JsonSchema } from '../../types.ts';
import { isSchema, isSchemaObject, type SchemaObject } from '../keywords.ts';
import { relevantKeywords, type TypeName } from '../relevant.ts';
import { areDisjoint, possibleTypes, tagValues } from '../values/disjoint.ts';
import { mergedShape } from './merged-shape.ts';
import type { Primitive, Shape, ShapeContext } from './shape.ts';

const COMPOSING = ['$ref', '$dynamicRef', 'allOf', 'anyOf', 'oneOf'];

/** The shape of a schema with a reference or a composition; undefined for any other schema. */
export function compositionShape(
  schema: SchemaObject,
  types: readonly TypeName[] | undefined,
  keywords: ReadonlySet<string>,
  context: ShapeContext,
): Shape | undefined {
  if (keywords.size === 0) return undefined;
  const composing = COMPOSING.filter((keyword) => keywords.has(keyword));
  const [keyword, ...others] = composing;
  if (keyword === undefined) return undefined;
  if (others.length > 0) return { kind: 'general' };
  if (keyword === 'allOf') return mergedShape(schema, types, keywords, context);
  if (keywords.size > 1) return { kind: 'general' };
  if (keyword === '$ref') return referenceShape(schema, types, context);
  if (keyword === '$dynamicRef') return { kind: 'general' };
  const options = Array.isArray(schema[keyword]) ? schema[keyword].filter(isSchema) : [];
  if (!options.every((option) => impliesTypes(option, types, context))) return { kind: 'general' };
  return unionShape(schema, options, keyword === 'oneOf', context);
}

function referenceShape(schema: SchemaObject, types: readonly TypeName[] | undefined, context: ShapeContext): Shape {
  const to = typeof schema.$ref === 'string' ? context.resolve(schema.$ref, schema) : undefined;
  if (to === undefined || !impliesTypes(to, types, context)) return { kind: 'general' };
  return { kind: 'reference', to };
}

/** Whether every value of `schema` has one of `types` anyway, so that the types add nothing. */
function impliesTypes(schema: JsonSchema, types: readonly TypeName[] | undefined, context: ShapeContext): boolean {
  if (types === undefined) return true;
  const possible = possibleTypes(schema, context);
  return possible?.every((type) => types.includes(type) || (type === 'integer' && types.includes('number'))) ?? false;
}

function unionShape(
  schema: SchemaObject,
  options: readonly JsonSchema[],
  exclusive: boolean,
  context: ShapeContext,
): Shape {
  const [only, ...more] = options;
  if (only === undefined) return { kind: 'never' };
  if (more.length === 0) return context.shapeOf(only);
  const property = tagProperty(options, context);
  const isChosen = context.discriminates(schema);
  const chosenBy = isSchemaObject(schema.discriminator) ? schema.discriminator.propertyName : undefined;
  if (property !== undefined && (!isChosen || property === chosenBy)) return { kind: 'tagged', property, options };
  if (isChosen) return { kind: 'general' };
  const overlap = exclusive && !areDisjoint(options, context);
  const listed = overlap ? undefined : literalValues(options, context);
  if (listed !== undefined) return { kind: 'literals', values: listed };
  const values = options.filter((option) => !isNull(option));
  const [value, ...otherValues] = values;
  if (!overlap && values.length < options.length && value !== undefined && otherValues.length === 0) {
    return { kind: 'nullable', of: { kind: 'union', exclusive: false, options: [{ schema: value }] } };
  }
  return { kind: 'union', exclusive: overlap, options: options.map((option) => ({ schema: option })) };
}

/** All listed values, if every alternative is a list of values in place, such as a `const` with a description. */
function literalValues(options: readonly JsonSchema[], context: ShapeContext): readonly Primitive[] | undefined {
  const values: Primitive[] = [];
  for (const option of options) {
    const shape = context.shapeOf(option);
    if (shape.kind !== 'literals') return undefined;
    values.push(...shape.values);
  }
  return [...new Set(values)];
}

/** Whether a schema accepts null and has no other keyword for it. */
const isNull = (schema: JsonSchema): boolean =>
  isSchemaObject(schema) && schema.type === 'null' && relevantKeywords(schema, ['null']).size === 0;

/** The property whose value alone distinguishes the alternatives. Each must be a plain object that requires it. */
function tagProperty(options: readonly JsonSchema[], context: ShapeContext): string | undefined {
  const [first, ...others] = options.map((option) => tagValues(option, context));
  if (first === undefined) return undefined;
  for (const [name, values] of first) {
    const seen = new Set(values);
    const total = others.reduce((count, tags) => {
      const more = tags?.get(name);
      for (const value of more ?? []) seen.add(value);
      return more === undefined ? Number.NaN : count + more.size;
    }, seen.size);
    if (total === seen.size) return name;
  }
  return undefined;
}
