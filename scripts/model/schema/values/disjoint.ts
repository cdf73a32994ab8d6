import type { JsonSchema } from '../../types.ts';
import { isSchema, isSchemaObject } from '../keywords.ts';
import { declaredTypes, TYPE_NAMES, type TypeName } from '../relevant.ts';
import type { Primitive, Shape, ShapeContext } from '../shape/shape.ts';
import { upgradeSchema } from '../types/upgrade.ts';

type Resolver = Pick<ShapeContext, 'resolve'>;
/** Maximum depth of references and compositions for a proof. Beyond it, nothing is assumed. */
const DEEPEST = 8;

/** The possible types of a valid value; undefined if any type is possible. */
export function possibleTypes(
  original: JsonSchema,
  context: Resolver,
  depth = DEEPEST,
): readonly TypeName[] | undefined {
  const schema = upgradeSchema(original);
  if (!isSchemaObject(schema)) return schema ? undefined : [];
  if (depth === 0) return undefined;
  const declared = declaredTypes(schema);
  if (declared !== undefined) return declared;
  const values = 'const' in schema ? [schema.const] : Array.isArray(schema.enum) ? schema.enum : undefined;
  if (values !== undefined) return [...new Set(values.map(typeOfValue))];
  if (typeof schema.$ref === 'string') {
    const target = context.resolve(schema.$ref, schema);
    return target === undefined ? undefined : possibleTypes(target, context, depth - 1);
  }
  for (const keyword of ['anyOf', 'oneOf']) {
    const options = schema[keyword];
    if (!Array.isArray(options) || options.length > 64) continue;
    const each = options.filter(isSchema).map((option) => possibleTypes(option, context, depth - 1));
    if (each.every((types) => types !== undefined)) return [...new Set(each.flat())];
  }
  const parts = Array.isArray(schema.allOf) && schema.allOf.length <= 64 ? schema.allOf.filter(isSchema) : [];
  return parts.map((part) => possibleTypes(part, context, depth - 1)).find((types) => types !== undefined);
}

function typeOfValue(value: unknown): TypeName {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return TYPE_NAMES.find((type) => type === typeof value) ?? 'object';
}

/** Whether no value can be valid for two of `options`, as far as their types and literals show. */
export function areDisjoint(options: readonly JsonSchema[], context: ShapeContext): boolean {
  const taken = new Set<TypeName>();
  const literals = new Set<Primitive>();
  for (const option of options) {
    const values = literalsOf(context.shapeOf(option), context);
    if (values !== undefined) {
      if (values.some((value) => literals.has(value))) return false;
      for (const value of values) literals.add(value);
      continue;
    }
    const types = possibleTypes(option, context);
    if (types === undefined || types.some((type) => taken.has(type))) return false;
    for (const type of types) taken.add(type);
    if (types.includes('number')) taken.add('integer');
    if (types.includes('integer')) taken.add('number');
  }
  return [...literals].every((value) => !taken.has(typeOfValue(value)));
}

function literalsOf(shape: Shape, context: ShapeContext, depth = DEEPEST): readonly Primitive[] | undefined {
  if (shape.kind === 'literals') return shape.values;
  if (shape.kind === 'null') return [null];
  if (shape.kind === 'reference' && depth > 0) return literalsOf(context.shapeOf(shape.to), context, depth - 1);
  return undefined;
}

/** By property, its required constants in an object. Undefined if the schema is not a plain object with constants. */
export function tagValues(
  option: JsonSchema,
  context: ShapeContext,
): ReadonlyMap<string, ReadonlySet<Primitive>> | undefined {
  const shape = objectBehind(option, context);
  if (shape === undefined) return undefined;
  const tags = new Map<string, ReadonlySet<Primitive>>();
  for (const { name, schema, required } of shape.properties) {
    if (!required) continue;
    const values = literalsOf(context.shapeOf(schema), context);
    if (values !== undefined) tags.set(name, new Set(values));
  }
  return tags;
}

function objectBehind(option: JsonSchema, context: ShapeContext): Extract<Shape, { kind: 'object' }> | undefined {
  let schema = option;
  for (let depth = 0; depth < DEEPEST; depth += 1) {
    const shape = context.shapeOf(schema);
    // A schema that removes properties is not a plain object, and zod finds no tag in it.
    if (shape.kind === 'object')
      return context.isObjectConstant(schema) && shape.dropped.length + shape.mustHave.length === 0 ? shape : undefined;
    if (shape.kind !== 'reference') return undefined;
    schema = shape.to;
  }
  return undefined;
}
