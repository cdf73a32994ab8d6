import { isObject, type JsonObject } from '../../common/document/pointer.ts';
import { type Choices, choicesOf } from './discriminator-choices.ts';
import type { Comparison } from './findings.ts';
import { coversType } from './merge-parts.ts';
import type { NormalSchema, Union } from './normal-form.ts';

/** One alternative of a value's schema, without a union. */
export type Alternative = {
  readonly schema: NormalSchema;
  /** Identifies it when alternatives are reordered: the discriminator's value, its reference or its title. */
  readonly name: string | undefined;
  /** The discriminator's value that selects it. */
  readonly value: string | undefined;
  /** The branch taken in each enclosing `oneOf`. A value matches only one. */
  readonly only: ReadonlyMap<JsonObject, unknown>;
};

type Normalize = Comparison['old'];

/** Maximum number of alternatives. Larger unions are compared as text. */
const MOST = 256;

const SINGLE_TYPES = new Map(
  ['null', 'boolean', 'integer', 'number', 'string', 'array', 'object'].map((type) => [type, { type }]),
);
const stripped = new WeakMap<JsonObject, Map<string, JsonObject>>();
const listed = new Map<string, JsonObject>();

/** A part without references to other parts, which are already included, and without one union. */
function withoutLinks(part: JsonObject, union: string): JsonObject {
  const known = stripped.get(part) ?? new Map<string, JsonObject>();
  stripped.set(part, known);
  const made = known.get(union);
  if (made !== undefined) return made;
  const { $ref: _, allOf: __, ...kept } = part;
  const entries = Object.entries(kept).filter(([keyword, value]) => {
    if (keyword === union || (union !== '' && keyword === 'discriminator')) return false;
    const isUnion = keyword === 'anyOf' || keyword === 'oneOf';
    return !(isUnion && Array.isArray(value) && value.length === 1 && part.discriminator === undefined);
  });
  const copy = Object.fromEntries(entries);
  known.set(union, copy);
  return copy;
}

const nameOf = (branch: unknown): string | undefined => {
  if (!isObject(branch)) return undefined;
  const name = branch.$ref ?? branch.title;
  return name === undefined ? undefined : String(name);
};

const tags = new WeakMap<JsonObject, Map<string, JsonObject>>();

/** The condition that a discriminator's value adds to its branch, in types and in validators. */
function tagOf({ discriminator, part }: Union, value: string): JsonObject {
  const made = tags.get(part) ?? new Map<string, JsonObject>();
  tags.set(part, made);
  const name = String(discriminator?.propertyName);
  const tag = made.get(value) ?? { type: 'object', properties: { [name]: { const: value } }, required: [name] };
  made.set(value, tag);
  return tag;
}

/** Whether a branch requires its property and lists its values. It then needs no further condition. */
function saysItself(branch: unknown, { discriminator }: Union, normalize: Normalize): boolean {
  const { required, properties } = normalize([branch]);
  const name = String(discriminator?.propertyName);
  return required.has(name) && normalize(properties.get(name) ?? []).values !== undefined;
}

type Known = Pick<Alternative, 'name' | 'value' | 'only'>;
type Chosen = Pick<Alternative, 'name' | 'value'> & { readonly branch: unknown };

function chosen(union: Union, choices: Choices | undefined): readonly Chosen[] {
  return union.branches.flatMap((branch): readonly Chosen[] => {
    const values = [...(choices ?? [])].filter(([, target]) => target === branch).map(([value]) => value);
    if (values.length === 0) return [{ branch, name: nameOf(branch), value: undefined }];
    return values.map((value) => ({ branch, name: `value ${value}`, value }));
  });
}

function expand(
  schema: NormalSchema,
  normalize: Normalize,
  known: Known,
  within: ReadonlySet<JsonObject>,
): readonly Alternative[] {
  const [union] = schema.unions;
  if (union === undefined)
    return schema.never ? [] : splitTypes(schema, normalize).map((each) => ({ ...known, schema: each }));
  // A union that is a branch of itself accepts no additional values.
  if (within.has(union.part)) return [];
  const around = schema.parts.map((part) => withoutLinks(part, part === union.part ? union.keyword : ''));
  const found: Alternative[] = [];
  const choices = choicesOf(union, normalize);
  const isExclusive = union.keyword === 'oneOf' && choices === undefined;
  for (const [index, { branch, name, value }] of chosen(union, choices).entries()) {
    const tag = value === undefined || saysItself(branch, union, normalize) ? [] : [tagOf(union, value)];
    const inner = normalize([...around, branch, ...tag]);
    const only = isExclusive ? new Map([...known.only, [union.part, index]]) : known.only;
    const names = { name: name ?? known.name, value: value ?? known.value, only };
    found.push(...expand(inner, normalize, names, new Set([...within, union.part])));
    if (found.length > MOST) break;
  }
  return found;
}

function splitTypes(schema: NormalSchema, normalize: Normalize): readonly NormalSchema[] {
  if (schema.types === undefined || schema.types.size < 2) return [schema];
  const around = schema.parts.map((part) => withoutLinks(part, ''));
  return [...schema.types].map((type) => normalize([...around, SINGLE_TYPES.get(type)])).filter(({ never }) => !never);
}

const UNNAMED: Known = { name: undefined, value: undefined, only: new Map() };

/** Joins alternatives that only have constants to one alternative with all values. */
function joinValues(alternatives: readonly Alternative[], normalize: Normalize): readonly Alternative[] {
  const isScalar = ({ schema: { values, rest, deprecated } }: Alternative): boolean =>
    values !== undefined &&
    rest.size === 0 &&
    !deprecated &&
    values.every((value) => value !== null && !isObject(value));
  const scalars = alternatives.filter(isScalar);
  if (scalars.length < 2) return alternatives;
  const values = [...new Set(scalars.flatMap(({ schema }) => schema.values ?? []))];
  const text = JSON.stringify(values);
  const joined = listed.get(text) ?? { enum: values };
  listed.set(text, joined);
  const others = alternatives.filter((alternative) => !isScalar(alternative));
  return [...others, ...splitTypes(normalize([joined]), normalize).map((schema) => ({ ...UNNAMED, schema }))];
}

/** Removes constants whose whole type another branch accepts. */
function withoutCovered(alternatives: readonly Alternative[]): readonly Alternative[] {
  const whole = new Set(
    alternatives.flatMap(({ schema: { types, values, bounds, fixed, rest } }) =>
      types?.size === 1 && values === undefined && bounds.size + fixed.size + rest.size === 0 ? [...types] : [],
    ),
  );
  const isCovered = ({ schema: { types, values } }: Alternative): boolean =>
    values !== undefined && types !== undefined && [...types].every((type) => coversType(whole, type));
  return alternatives.filter((alternative) => !isCovered(alternative));
}

/**
 * All alternatives of a schema as its branches declare them, even if one includes another; empty if there are too many.
 */
export function everyAlternative(schema: NormalSchema, normalize: Normalize): readonly Alternative[] {
  const found = expand(schema, normalize, UNNAMED, new Set());
  return found.length > MOST ? [] : found;
}

/** All alternatives of a schema, including those of nested unions; undefined if there are too many. */
export function alternativesOf(schema: NormalSchema, normalize: Normalize): readonly Alternative[] | undefined {
  const found = expand(schema, normalize, UNNAMED, new Set());
  if (found.length > MOST) return undefined;
  const isOpen = schema.unions.every(({ keyword }) => keyword === 'anyOf');
  return joinValues(isOpen ? withoutCovered(found) : found, normalize);
}
