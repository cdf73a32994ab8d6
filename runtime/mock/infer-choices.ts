import { isSchemaObject, listOf, type Schema, type SchemaObject, type SchemaSource } from '../values/types.ts';
import { type Choices, isNull } from './choices.ts';

/** Maximum nesting of unions that are examined. */
const DEEPEST = 6;

/**
 * The property by which the alternatives of a union exclude each other without a discriminator: each requires it, with
 * different values. Only one alternative then has to be tried. Trying all of them would double the time with each level
 * of a tree.
 */
export function inferChoices(schema: SchemaObject, source: SchemaSource): Choices | undefined {
  const { oneOf, anyOf } = schema;
  if (Array.isArray(oneOf) === Array.isArray(anyOf)) return undefined;
  const list = Array.isArray(oneOf) ? 'oneOf' : 'anyOf';
  const options = listOf(schema[list]).filter((option) => !isNull(option));
  if (options.length < 2) return undefined;
  for (const property of propertiesWithValues(options[0], source)) {
    const byValue = new Map<string, Schema>();
    const isTold = options.every((option) => {
      const values = valuesOf(option, property, source, 0);
      if (values === undefined || values.some((value) => byValue.has(value))) return false;
      for (const value of values) byValue.set(value, option);
      return true;
    });
    if (isTold) return { property, list, byValue };
  }
  return undefined;
}

/**
 * The values of a property in objects of this schema. Undefined if other values are possible, if the property may be
 * missing, or if a value may be something other than an object.
 */
function valuesOf(
  schema: Schema | undefined,
  property: string,
  source: SchemaSource,
  depth: number,
): readonly string[] | undefined {
  const parts = conjunctsOf(schema, source);
  const members = parts.flatMap(({ properties }) =>
    isSchemaObject(properties) && Object.hasOwn(properties, property)
      ? conjunctsOf(properties[property] as Schema, source)
      : [],
  );
  const isRequired = parts.some(({ required }) => Array.isArray(required) && required.includes(property));
  // A property that one direction does not send is not required there.
  if (members.some(({ readOnly, writeOnly }) => readOnly === true || writeOnly === true)) return undefined;
  if (isRequired && parts.some(({ type }) => type === 'object')) {
    const listed = members.flatMap((member) =>
      'const' in member ? [[member['const']]] : Array.isArray(member['enum']) ? [member['enum'] as unknown[]] : [],
    );
    if (listed[0]?.length && listed[0].every((value) => typeof value === 'string')) return listed[0];
  }
  if (depth === DEEPEST) return undefined;
  const union = parts.flatMap(({ oneOf, anyOf }) => [oneOf, anyOf].filter(Array.isArray))[0];
  const values = listOf(union).map((option) => valuesOf(option, property, source, depth + 1));
  return values.length > 0 && values.every((each) => each !== undefined)
    ? [...new Set(values.flat() as string[])]
    : undefined;
}

/** The properties for which the first object of a union lists values. */
function propertiesWithValues(schema: Schema | undefined, source: SchemaSource, depth = 0): readonly string[] {
  const parts = conjunctsOf(schema, source);
  const names = parts.flatMap(({ required }) => (Array.isArray(required) ? (required as string[]) : []));
  if (names.length > 0 || depth === DEEPEST) return [...new Set(names)];
  const union = parts.flatMap(({ oneOf, anyOf }) => [...listOf(oneOf), ...listOf(anyOf)]);
  return union.length > 0 ? propertiesWithValues(union[0], source, depth + 1) : [];
}

/** A schema with its references and its `allOf`, which apply together. */
function conjunctsOf(schema: Schema | undefined, { resolve }: SchemaSource): readonly SchemaObject[] {
  const found = new Set<SchemaObject>();
  const visit = (next: Schema | undefined): void => {
    if (!isSchemaObject(next) || found.has(next)) return;
    found.add(next);
    if (typeof next['$ref'] === 'string') visit(resolve(next['$ref']));
    for (const part of listOf(next['allOf'])) visit(part);
  };
  visit(schema);
  return [...found];
}
