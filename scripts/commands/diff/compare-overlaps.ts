import type { JsonObject } from '../../common/document/pointer.ts';
import { type Alternative, everyAlternative } from './alternatives.ts';
import { choicesOf } from './discriminator-choices.ts';
import { type Comparison, type Effect, type Finding, place } from './findings.ts';
import { coversType } from './merge-parts.ts';
import type { NormalSchema } from './normal-form.ts';
import { overlaps } from './overlap.ts';
import { sameJson } from './types.ts';

type Two = readonly [NormalSchema, NormalSchema];

/** The outermost `oneOf` in which two alternatives take different branches. It rejects a value that matches both. */
const partingOf = ({ only: one }: Alternative, { only: other }: Alternative): JsonObject | undefined =>
  [...one.keys()].find((union) => other.has(union) && other.get(union) !== one.get(union));

/** Whether each value of one alternative plainly is a value of the other. */
function covers({ schema: whole }: Alternative, { schema: part }: Alternative): boolean {
  const { types, values, bounds, fixed, rest } = whole;
  if (sameJson(whole.parts, part.parts)) return true;
  const isBare = values === undefined && bounds.size + fixed.size + rest.size + whole.required.size === 0;
  const isScalar = types !== undefined && !types.has('object') && !types.has('array');
  return isBare && isScalar && part.types !== undefined && [...part.types].every((type) => coversType(types, type));
}

/** Two alternatives whose common values `oneOf` rejects. */
type Rejected = {
  readonly pair: Two;
  /** Another `oneOf` rejects some values of one alternative, so that the pair does not share them. */
  readonly isPartial: boolean;
};

/**
 * The pairs of alternatives whose common values `oneOf` rejects. If a nested `oneOf` rejects values that two of its
 * branches accept, a branch of the outer `oneOf` may be the only one that accepts them.
 */
function overlapping(
  alternatives: readonly Alternative[],
  normalize: Comparison['now'],
  joined = false,
): readonly Rejected[] {
  /** Whether a branch of another union than the given one accepts all values of the alternative. */
  const isCovered = (one: Alternative, union: JsonObject): boolean =>
    alternatives.some((other) => {
      const parting = partingOf(one, other);
      return parting !== undefined && parting !== union && covers(other, one);
    });
  const isRejected = (one: Alternative, other: Alternative): boolean => {
    const parting = partingOf(one, other);
    if (parting === undefined || !overlaps(one.schema, other.schema, normalize, joined)) return false;
    return !isCovered(one, parting) && !isCovered(other, parting);
  };
  const isPartial = (one: Alternative, union: JsonObject | undefined): boolean =>
    alternatives.some((other) => {
      const parting = partingOf(one, other);
      return parting !== undefined && parting !== union && overlaps(one.schema, other.schema, normalize);
    });
  return alternatives.flatMap((one, index) =>
    alternatives
      .slice(index + 1)
      .filter((other) => isRejected(one, other))
      .map((other): Rejected => {
        const union = partingOf(one, other);
        return { pair: [one.schema, other.schema], isPartial: isPartial(one, union) || isPartial(other, union) };
      }),
  );
}

const WIDER: readonly Effect[] = ['words', 'widens', 'adds'];
const NARROWER: readonly Effect[] = ['words', 'narrows', 'loses', 'adds'];

const has = ({ unions }: NormalSchema, keyword: string): boolean => unions.some((union) => union.keyword === keyword);

/** Whether `anyOf` becomes `oneOf`. */
const turns = (before: NormalSchema, after: NormalSchema): boolean =>
  has(before, 'anyOf') && !has(after, 'anyOf') && has(after, 'oneOf') && !has(before, 'oneOf');

/** `oneOf` rejects a value that two branches accept: an additional or wider branch can remove values. */
export function compareOverlaps(
  before: NormalSchema,
  after: NormalSchema,
  at: string,
  { old, now, probe }: Comparison,
): readonly Finding[] {
  const [past, present] = [everyAlternative(before, old), everyAlternative(after, now)];
  // A caller of `anyOf` may send the properties of two branches. Between two versions with `oneOf`, none does.
  const [opens, closes] = [turns(after, before), turns(before, after)];
  const [rejected, rejects] = [overlapping(past, old, opens), overlapping(present, now, closes)];
  if (rejected.length === 0 && rejects.length === 0) return [];

  /** Whether one schema has become the other, with only these effects. */
  const became = (was: NormalSchema, is: NormalSchema, effects: readonly Effect[]): boolean =>
    probe(was.parts, is.parts, '').every(({ effect }) => effects.includes(effect));
  const bothBecame = ([a, b]: Two, [one, other]: Two, effects: readonly Effect[]): boolean =>
    (became(a, one, effects) && became(b, other, effects)) || (became(a, other, effects) && became(b, one, effects));
  const meets = (list: readonly Alternative[], [one, other]: Two): boolean =>
    list.some(
      ({ schema }) => overlaps(schema, one, now, opens || closes) && overlaps(schema, other, now, opens || closes),
    );

  const found: Finding[] = [];
  const isChosen = after.unions.some((union) => choicesOf(union, now) !== undefined);
  /** Whether one rejected pair already covers another. */
  const explains = ({ isPartial }: Rejected, other: Rejected): boolean => !isPartial || other.isPartial;
  const isAccepted = (one: Rejected): boolean =>
    !rejects.some((later) => explains(later, one) && bothBecame(one.pair, later.pair, WIDER)) &&
    meets(present, one.pair);
  if (!isChosen && rejected.some(isAccepted))
    found.push({ effect: 'widens', text: `${place(at)} may be what two branches accepted, which \`oneOf\` rejected` });
  const isNew = (one: Rejected): boolean =>
    !rejected.some((earlier) => explains(earlier, one) && bothBecame(earlier.pair, one.pair, NARROWER)) &&
    meets(past, one.pair);
  if (rejects.some(isNew))
    found.push({
      effect: 'narrows',
      text: `${place(at)} has branches that accept the same values, which \`oneOf\` rejects`,
    });
  return found;
}
