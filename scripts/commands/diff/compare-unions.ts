import { isObject } from '../../common/document/pointer.ts';
import { type Alternative, alternativesOf } from './alternatives.ts';
import { asWord } from './as-code.ts';
import { compareDiscriminators } from './compare-discriminators.ts';
import { compareOverlaps } from './compare-overlaps.ts';
import { type Comparison, type Effect, type Finding, place } from './findings.ts';
import { matchAlternatives } from './match-alternatives.ts';
import type { NormalSchema, Union } from './normal-form.ts';
import { sameJson } from './types.ts';

/**
 * Compares `anyOf` and `oneOf` as sets of alternatives: order, nesting and place do not matter. Undefined if neither
 * side has any.
 */
export function compareUnions(
  before: NormalSchema,
  after: NormalSchema,
  at: string,
  comparison: Comparison,
): readonly Finding[] | undefined {
  if (before.unions.length === 0 && after.unions.length === 0) return undefined;
  const discriminators = compareDiscriminators(before, after, at, comparison);
  const [old, now] = [alternativesOf(before, comparison.old), alternativesOf(after, comparison.now)];
  if (old === undefined || now === undefined) {
    const branches = ({ unions }: NormalSchema) => unions.map(({ keyword, branches: listed }) => [keyword, listed]);
    return sameJson(branches(before), branches(after))
      ? discriminators
      : [...discriminators, { effect: 'unclear', text: `${place(at)} has different branches` }];
  }
  const { pairs, lost, won } = matchAlternatives(old, now, comparison);
  const found: Finding[] = [...discriminators];
  for (const [was, is] of pairs) {
    const narrower = (one: Alternative, other: Alternative, effects: readonly Effect[]): boolean =>
      comparison.probe(one.schema.parts, other.schema.parts, '').every(({ effect }) => effects.includes(effect));
    // A value that other branches also accept is neither removed nor added.
    const isKept = now.some((each) => each !== is && narrower(was, each, ['words', 'widens']));
    const isKnown = old.some((each) => each !== was && narrower(each, is, ['words', 'narrows', 'loses']));
    const { compare } = comparison;
    for (const each of compare(was.schema.parts, is.schema.parts, at))
      if (!(isKept && LESS.includes(each.effect)) && !(isKnown && each.effect === 'widens')) found.push(each);
  }
  for (const alternative of lost)
    found.push({
      effect: lostEffect(alternative, now),
      text: `${place(at)} is no longer ${kind(alternative)}: 1 branch fewer`,
    });
  for (const alternative of won)
    found.push({ effect: 'widens', text: `${place(at)} may now be ${kind(alternative)}: 1 branch more` });
  // Types keep a branch that contradicts the rest, for example one that requires a number and an object.
  const [voids, empties] = [contradictions(before, comparison.old), contradictions(after, comparison.now)];
  if (voids !== empties)
    found.push({
      effect: empties > voids ? 'widens' : 'narrows',
      text: `${place(at)} has a different number of branches that no value matches`,
    });
  found.push(...compareOverlaps(before, after, at, comparison));
  return found;
}

const LESS: readonly Effect[] = ['narrows', 'loses'];

const SCALARS = ['null', 'boolean', 'integer', 'number', 'string'];
const isOnly = ({ types }: NormalSchema, some: readonly string[]): boolean =>
  types !== undefined && [...types].every((type) => some.includes(type));

/** The number of branches that accept values, but no value that the rest of the schema accepts. */
function contradictions(schema: NormalSchema, normalize: Comparison['old']): number {
  const isVoid = (branch: unknown, union: Union): boolean => {
    const around = schema.parts.filter((part) => part !== union.part);
    const [own, rest] = [normalize([branch]), normalize(around)];
    // TypeScript itself removes null and an object, or two scalar types.
    const isKept = !isOnly(own, ['null']) && !(isOnly(own, SCALARS) && isOnly(rest, SCALARS));
    return isKept && !own.never && !rest.never && normalize([...around, branch]).never;
  };
  return schema.unions.flatMap((union) => union.branches.filter((branch) => isVoid(branch, union))).length;
}

/** Whether a schema is a map, whose properties programs may name freely. */
const isMap = ({ types, free, additional, rest }: NormalSchema): boolean =>
  types?.has('object') === true && (free || additional.some(isObject) || rest.has('patternProperties'));

/** The effect of a removed branch. Programs may name its properties and values, so all of them count. */
function lostEffect({ schema, value }: Alternative, now: readonly Alternative[]): Effect {
  if (value !== undefined || schema.values?.some((each) => each !== null)) return 'loses';
  // No remaining branch is a list.
  const isList = (each: NormalSchema): boolean => each.types?.has('array') === true;
  if (isList(schema) && !now.some((other) => isList(other.schema))) return 'removes';
  if (isMap(schema) && !now.some((other) => isMap(other.schema))) return 'removes';
  const named = [...schema.properties.keys()];
  return named.some((name) => !now.some((other) => other.schema.properties.has(name))) ? 'removes' : 'narrows';
}

function kind({ schema, name }: Alternative): string {
  if (name !== undefined) return asWord(name.slice(name.lastIndexOf('/') + 1));
  return schema.types === undefined ? 'any value' : [...schema.types].map(asWord).join(' or ');
}
