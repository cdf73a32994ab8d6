import type { JsonSchema } from '../../types.ts';
import { isSchema, isSchemaObject, type SchemaObject } from '../keywords.ts';
import { declaredTypes, relevantKeywords, type TypeName } from '../relevant.ts';
import { plainObject } from './object-shape.ts';
import type { ObjectShape, Property, Shape, ShapeContext } from './shape.ts';

const PLAIN = new Set(['allOf', 'properties', 'required']);
const LONGEST_CHAIN = 32;

/**
 * The shape of `allOf`: one zod object if all parts are open plain objects with different properties, otherwise
 * general.
 */
export function mergedShape(
  schema: SchemaObject,
  types: readonly TypeName[] | undefined,
  keywords: ReadonlySet<string>,
  context: ShapeContext,
): Shape {
  const parts = Array.isArray(schema.allOf) ? schema.allOf.filter(isSchema) : [];
  const [only, ...more] = parts;
  if (only === undefined) return { kind: 'general' };
  if (more.length === 0 && keywords.size === 1 && types === undefined) return context.shapeOf(only);
  if ([...keywords].some((keyword) => !PLAIN.has(keyword))) return { kind: 'general' };
  if (types !== undefined && !isObjectOnly(types)) return { kind: 'general' };

  const bases: JsonSchema[] = [];
  const own: ObjectShape[] = [];
  let typed = types !== undefined;
  for (const part of parts) {
    const inline = inlineObject(part, context);
    if (inline !== undefined) {
      own.push(inline.shape);
      typed ||= inline.typed;
    } else if (membersOf(part, context) !== undefined) {
      bases.push(part);
      typed = true;
    } else return { kind: 'general' };
  }
  const rest = plainObject(schema, false, context);
  if (rest === undefined || !typed) return { kind: 'general' };
  own.push(rest);
  return combine(bases, own, context);
}

const isObjectOnly = (types: readonly TypeName[] | undefined): boolean => types?.length === 1 && types[0] === 'object';

function inlineObject(part: JsonSchema, context: ShapeContext): { shape: ObjectShape; typed: boolean } | undefined {
  if (!isSchemaObject(part) || context.isForced(part) || 'nullable' in part) return undefined;
  const types = declaredTypes(part);
  if (types !== undefined && !isObjectOnly(types)) return undefined;
  const keywords = relevantKeywords(part, types);
  if ([...keywords].some((keyword) => keyword !== 'properties' && keyword !== 'required')) return undefined;
  const shape = plainObject(part, false, context);
  return shape && { shape, typed: types !== undefined };
}

/**
 * Whether each property that a referenced constant declares is required, by name. Undefined if the part is not a plain
 * object.
 */
function membersOf(part: JsonSchema, context: ShapeContext): ReadonlyMap<string, boolean> | undefined {
  const members = new Map<string, boolean>();
  const waiting: JsonSchema[] = [part];
  for (let steps = 0; waiting.length > 0; steps += 1) {
    const schema = waiting.pop();
    if (schema === undefined || steps > LONGEST_CHAIN) return undefined;
    const shape = context.shapeOf(schema);
    if (shape.kind === 'reference') {
      if (!context.isObjectConstant(shape.to)) return undefined;
      waiting.push(shape.to);
    } else if (shape.kind === 'merged') {
      waiting.push(...shape.bases);
      for (const { name, required } of shape.own.properties) members.set(name, required);
    } else if (shape.kind === 'object' && !shape.closed && isBare(shape)) {
      for (const { name, required } of shape.properties) members.set(name, required);
    } else return undefined;
  }
  return members;
}

/** Whether a plain part explicitly allows undeclared properties. */
function isOpen(part: JsonSchema, context: ShapeContext, depth = 0): boolean {
  const shape = depth < LONGEST_CHAIN ? context.shapeOf(part) : undefined;
  switch (shape?.kind) {
    case 'reference':
      return isOpen(shape.to, context, depth + 1);
    case 'merged':
      return shape.own.open || shape.bases.some((base) => isOpen(base, context, depth + 1));
    case 'object':
      return shape.open;
    default:
      return false;
  }
}

const isBare = (shape: ObjectShape): boolean =>
  shape.also === undefined && shape.dropped.length === 0 && shape.mustHave.length === 0;

function combine(bases: readonly JsonSchema[], own: readonly ObjectShape[], context: ShapeContext): Shape {
  const inherited = new Map<string, boolean>();
  for (const base of bases) {
    for (const [name, required] of membersOf(base, context) ?? []) {
      if (inherited.has(name)) return { kind: 'general' };
      inherited.set(name, required);
    }
  }
  const dropped = new Set(own.flatMap((shape) => shape.dropped));
  if ([...dropped].some((name) => inherited.has(name))) return { kind: 'general' };
  const properties = new Map<string, Property>();
  for (const property of own.flatMap((shape) => shape.properties)) {
    if (dropped.has(property.name)) continue;
    if (properties.has(property.name) || inherited.has(property.name)) return { kind: 'general' };
    properties.set(property.name, property);
  }
  const mustHave = new Set<string>();
  for (const name of own.flatMap((shape) => shape.mustHave)) {
    if (dropped.has(name)) continue;
    const property = properties.get(name);
    if (property !== undefined) {
      const { fallback: _, ...rest } = property;
      properties.set(name, { ...rest, required: true });
    } else if (inherited.get(name) === false) return { kind: 'general' };
    else if (!inherited.has(name)) mustHave.add(name);
  }
  const all: ObjectShape = {
    kind: 'object',
    properties: [...properties.values()],
    closed: false,
    open: own.some(({ open }) => open) || bases.some((base) => isOpen(base, context)),
    mustHave: [...mustHave],
    dropped: [...dropped],
  };
  if (bases.length === 0) return all;
  const [base, ...others] = bases;
  if (
    base !== undefined &&
    others.length === 0 &&
    properties.size === 0 &&
    isBare(all) &&
    !own.some(({ open }) => open)
  )
    return context.shapeOf(base);
  return { kind: 'merged', bases, own: all };
}
