import type { ParameterShape } from '@countersign/runtime/contract';
import type { JsonSchema } from '../../types.ts';
import { isFile } from '../file.ts';

/** Returns the schema that a `$ref` targets; undefined if there is none. */
export type ResolveSchema = (ref: string) => JsonSchema | undefined;

type PrimitiveType = Extract<ParameterShape, { kind: 'primitive' }>['types'][number];
type Kind = PrimitiveType | 'array' | 'object';
type Members = { [keyword: string]: unknown };

const PRIMITIVES: readonly PrimitiveType[] = ['string', 'number', 'integer', 'boolean', 'null'];
const KINDS: readonly Kind[] = [...PRIMITIVES, 'array', 'object'];
/**
 * A parameter's text has no deeper structure in any style of OpenAPI. Below this depth, a recursive schema is `any`.
 */
const DEEPEST = 6;

/**
 * How a parameter's text becomes a typed value, derived from its schema. Covers types, not validity: a text that
 * matches none of the shape's types stays a string, and the validator reports it.
 */
export function parameterShape(schema: JsonSchema, resolve: ResolveSchema): ParameterShape {
  return shapeOf([schema], resolve, DEEPEST);
}

/** Whether a schema or its references have `format: password`. */
export function isSecret(schema: JsonSchema, resolve: ResolveSchema): boolean {
  return flatten([schema], resolve).some(({ format }) => format === 'password');
}

/**
 * Shapes by schema and depth: components that reference each other have as many paths as products of their numbers.
 * They belong to one function that resolves references, since another document may have the same schema.
 */
const known = new WeakMap<ResolveSchema, WeakMap<object, Map<number, ParameterShape>>>();

/** The shape of a value to which all of `schemas` apply. */
function shapeOf(schemas: readonly JsonSchema[], resolve: ResolveSchema, depth: number): ParameterShape {
  const [only] = schemas;
  if (schemas.length !== 1 || !isMembers(only)) return freshShape(schemas, resolve, depth);
  const bySchema = known.get(resolve) ?? new WeakMap<object, Map<number, ParameterShape>>();
  known.set(resolve, bySchema);
  const shapes = bySchema.get(only) ?? new Map<number, ParameterShape>();
  bySchema.set(only, shapes);
  const shape = shapes.get(depth) ?? freshShape(schemas, resolve, depth);
  shapes.set(depth, shape);
  return shape;
}

function freshShape(schemas: readonly JsonSchema[], resolve: ResolveSchema, depth: number): ParameterShape {
  if (depth === 0) return { kind: 'any' };
  const parts = flatten(schemas, resolve);
  if (parts.some((part) => isFile(part as JsonSchema))) return { kind: 'file' };
  const kinds = kindsOf(parts, resolve, depth);
  if (kinds === undefined) return { kind: 'any' };
  if (kinds.has('array')) return arrayShape(parts, kinds, resolve, depth);
  if (kinds.has('object')) return objectShape(parts, kinds, resolve, depth);
  return { kind: 'primitive', types: PRIMITIVES.filter((type) => kinds.has(type)) };
}

/** The schema objects that apply together: each schema, its reference and the parts of its `allOf`. */
export function flatten(schemas: readonly JsonSchema[], resolve: ResolveSchema): Members[] {
  const found: Members[] = [];
  const seen = new Set<unknown>();
  const waiting: unknown[] = [...schemas];
  while (waiting.length > 0) {
    const schema = waiting.shift();
    if (!isMembers(schema) || seen.has(schema)) continue;
    seen.add(schema);
    found.push(schema);
    if (typeof schema.$ref === 'string') waiting.push(resolve(schema.$ref));
    if (Array.isArray(schema.allOf)) waiting.push(...schema.allOf);
  }
  return found;
}

/** The possible types of the value; undefined if nothing restricts them. */
function kindsOf(parts: readonly Members[], resolve: ResolveSchema, depth: number): Set<Kind> | undefined {
  let kinds: Set<Kind> | undefined;
  const narrow = (to: ReadonlySet<Kind> | undefined) => {
    if (to === undefined) return;
    const from: ReadonlySet<Kind> = kinds ?? to;
    // A whole number is a number: one part may be more precise than the other.
    const takes = (set: ReadonlySet<Kind>, kind: Kind) => set.has(kind) || (kind === 'integer' && set.has('number'));
    kinds = new Set([...from, ...to].filter((kind) => takes(from, kind) && takes(to, kind)));
  };
  for (const part of parts) {
    narrow(declaredKinds(part));
    for (const keyword of ['anyOf', 'oneOf']) {
      const branches = part[keyword];
      if (!Array.isArray(branches) || depth <= 1) continue;
      narrow(unionOf(branches.map((branch) => kindsOf(flatten([branch], resolve), resolve, depth - 1))));
    }
  }
  return kinds ?? impliedKinds(parts);
}

function declaredKinds(part: Members): ReadonlySet<Kind> | undefined {
  const { type } = part;
  const listed = KINDS.filter((kind) => (Array.isArray(type) ? type.includes(kind) : type === kind));
  const values = 'const' in part ? [part.const] : Array.isArray(part.enum) ? part.enum : undefined;
  if (listed.length === 0) return values && new Set(values.map(kindOfValue));
  return new Set(part.nullable === true ? [...listed, 'null'] : listed);
}

function kindOfValue(value: unknown): Kind {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value === 'boolean' ? 'boolean' : typeof value === 'object' ? 'object' : 'string';
}

/** Undefined as soon as one alternative accepts any value. */
function unionOf(alternatives: readonly (ReadonlySet<Kind> | undefined)[]): ReadonlySet<Kind> | undefined {
  const union = new Set<Kind>();
  for (const alternative of alternatives) {
    if (alternative === undefined) return undefined;
    for (const kind of alternative) union.add(kind);
  }
  return union;
}

/** Without `type`, keywords for only one type still show the intended type. */
function impliedKinds(parts: readonly Members[]): Set<Kind> | undefined {
  if (parts.some((part) => 'items' in part || 'prefixItems' in part)) return new Set<Kind>(['array']);
  if (parts.some((part) => 'properties' in part)) return new Set<Kind>(['object']);
  if (parts.some((part) => 'pattern' in part || 'minLength' in part || 'maxLength' in part || 'format' in part)) {
    return new Set<Kind>(['string']);
  }
  return undefined;
}

function arrayShape(
  parts: readonly Members[],
  kinds: ReadonlySet<Kind>,
  resolve: ResolveSchema,
  depth: number,
): ParameterShape {
  const items = branchesOf(parts, resolve)
    .map((part) => part.items)
    .filter(isSchema);
  return {
    kind: 'array',
    items: items.length === 0 ? { kind: 'any' } : shapeOf(items, resolve, depth - 1),
    ...singleShape(kinds),
  };
}

function singleShape(kinds: ReadonlySet<Kind>): { readonly single?: Extract<ParameterShape, { kind: 'primitive' }> } {
  const types = PRIMITIVES.filter((type) => kinds.has(type));
  return types.some((type) => type !== 'null') ? { single: { kind: 'primitive', types } } : {};
}

function objectShape(
  parts: readonly Members[],
  kinds: ReadonlySet<Kind>,
  resolve: ResolveSchema,
  depth: number,
): ParameterShape {
  const members = new Map<string, JsonSchema[]>();
  const rest: JsonSchema[] = [];
  for (const part of branchesOf(parts, resolve)) {
    for (const [name, schema] of Object.entries(isMembers(part.properties) ? part.properties : {})) {
      if (isSchema(schema)) members.set(name, [...(members.get(name) ?? []), schema]);
    }
    for (const others of [part.additionalProperties, part.unevaluatedProperties])
      if (isMembers(others)) rest.push(others);
  }
  const properties = Object.fromEntries(
    [...members].map(([name, schemas]) => [name, shapeOf(schemas, resolve, depth - 1)] as const),
  );
  return {
    kind: 'object',
    properties,
    ...(rest.length > 0 ? { rest: shapeOf(rest, resolve, depth - 1) } : {}),
    ...singleShape(kinds),
  };
}

/** The parts with the alternatives of `anyOf` and `oneOf`: any of them may be the intended one. */
function branchesOf(parts: readonly Members[], resolve: ResolveSchema): Members[] {
  const alternatives = parts.flatMap((part) => [part.anyOf, part.oneOf].filter(Array.isArray).flat());
  return [...parts, ...flatten(alternatives, resolve)];
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'boolean' || isMembers(value);
}
