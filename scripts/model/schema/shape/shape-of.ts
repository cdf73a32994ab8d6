import type { JsonSchema } from '../../types.ts';
import { isSchemaObject, type SchemaObject } from '../keywords.ts';
import { declaredTypes, relevantKeywords, type TypeName } from '../relevant.ts';
import { upgradeSchema } from '../types/upgrade.ts';
import { arrayShape } from './array-shape.ts';
import { compositionShape } from './composition-shape.ts';
import { objectShape } from './object-shape.ts';
import { numberShape, stringShape } from './scalar-shape.ts';
import type { Primitive, Shape, ShapeContext } from './shape.ts';

/** Expresses a schema in zod's terms, if both mean exactly the same. Otherwise the shape is `general`. */
export function shapeOf(schema: JsonSchema, context: ShapeContext): Shape {
  const upgraded = upgradeSchema(schema);
  if (upgraded === true) return { kind: 'any' };
  if (!isSchemaObject(upgraded)) return { kind: 'never' };
  if (context.isForced(schema)) return { kind: 'general' };
  const types = declaredTypes(upgraded);
  const keywords = relevantKeywords(upgraded, types);
  if (keywords.has('enum') || keywords.has('const')) return literalShape(upgraded, types, keywords);
  const composed = compositionShape(upgraded, types, keywords, context);
  if (composed !== undefined) return composed;
  if (types === undefined) return { kind: keywords.size === 0 && !isTypedAsMap(upgraded) ? 'any' : 'general' };
  return typedShape(upgraded, types, keywords, context);
}

/** Whether a schema without `type` describes a map: it accepts every value, but its author means an object. */
function isTypedAsMap({ additionalProperties, unevaluatedProperties }: SchemaObject): boolean {
  return [additionalProperties, unevaluatedProperties].some((others) => others === true || isSchemaObject(others));
}

function typedShape(
  schema: SchemaObject,
  types: readonly TypeName[],
  keywords: ReadonlySet<string>,
  context: ShapeContext,
): Shape {
  const [only, ...more] = types;
  if (only !== undefined && only !== 'null' && more.length === 0) return shapeOfType(schema, only, keywords, context);
  const shapes = types
    .filter((type) => type !== 'null')
    .map((type) => shapeOfType(schema, type, relevantKeywords(schema, [type]), context));
  const [first, ...others] = shapes;
  if (shapes.some(({ kind }) => kind === 'general')) return { kind: 'general' };
  if (first === undefined) return types.length === 0 ? { kind: 'never' } : nullShape(schema);
  const of: Shape =
    others.length === 0 ? first : { kind: 'union', exclusive: false, options: shapes.map((shape) => ({ shape })) };
  if (!types.includes('null')) return of;
  return nullShape(schema).kind === 'null' ? { kind: 'nullable', of } : { kind: 'general' };
}

function nullShape(schema: SchemaObject): Shape {
  return { kind: relevantKeywords(schema, ['null']).size === 0 ? 'null' : 'general' };
}

function shapeOfType(
  schema: SchemaObject,
  type: TypeName,
  keywords: ReadonlySet<string>,
  context: ShapeContext,
): Shape {
  switch (type) {
    case 'string':
      return stringShape(schema, keywords);
    case 'number':
    case 'integer':
      return numberShape(schema, type === 'integer', keywords);
    case 'boolean':
    case 'null':
      return { kind: keywords.size === 0 ? type : 'general' };
    case 'array':
      return arrayShape(schema, keywords, context);
    case 'object':
      return objectShape(schema, keywords, context);
  }
}

function literalShape(
  schema: SchemaObject,
  types: readonly TypeName[] | undefined,
  keywords: ReadonlySet<string>,
): Shape {
  const listed: readonly unknown[] = Array.isArray(schema.enum) ? schema.enum : [schema.const];
  const onlyValues = [...keywords].every((keyword) => keyword === 'enum' || keyword === 'const');
  if (!onlyValues || keywords.size !== 1 || !listed.every(isPrimitive)) return { kind: 'general' };
  // The type of an object comes from its properties, not from listed values.
  if (schema.type === 'object') return { kind: 'general' };
  const values = [...new Set(listed)].filter((value) => types === undefined || types.some((type) => isOf(type, value)));
  return values.length === 0 ? { kind: 'never' } : { kind: 'literals', values };
}

function isPrimitive(value: unknown): value is Primitive {
  return value === null || typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number';
}

function isOf(type: TypeName, value: Primitive): boolean {
  if (value === null) return type === 'null';
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}
