import { type Alternative, everyAlternative } from './alternatives.ts';
import { choicesOf } from './discriminator-choices.ts';
import { type Comparison, type Effect, type Finding, place } from './findings.ts';
import type { NormalSchema } from './normal-form.ts';
import { overlaps } from './overlap.ts';

type Two = readonly [NormalSchema, NormalSchema];

/** Whether a value of both is a value of two branches of one `oneOf`. */
const excludeEachOther = ({ only: one }: Alternative, { only: other }: Alternative): boolean =>
  [...one].some(([union, branch]) => other.has(union) && other.get(union) !== branch);

function overlapping(alternatives: readonly Alternative[], normalize: Comparison['now']): readonly Two[] {
  return alternatives.flatMap((one, index) =>
    alternatives
      .slice(index + 1)
      .filter((other) => excludeEachOther(one, other) && overlaps(one.schema, other.schema, normalize))
      .map((other): Two => [one.schema, other.schema]),
  );
}

const WIDER: readonly Effect[] = ['words', 'widens', 'adds'];
const NARROWER: readonly Effect[] = ['words', 'narrows', 'loses', 'adds'];

/** `oneOf` rejects a value that two branches accept: an additional or wider branch can remove values. */
export function compareOverlaps(
  before: NormalSchema,
  after: NormalSchema,
  at: string,
  { old, now, probe }: Comparison,
): readonly Finding[] {
  const [past, present] = [everyAlternative(before, old), everyAlternative(after, now)];
  const [rejected, rejects] = [overlapping(past, old), overlapping(present, now)];
  if (rejected.length === 0 && rejects.length === 0) return [];

  /** Whether one schema has become the other, with only these effects. */
  const became = (was: NormalSchema, is: NormalSchema, effects: readonly Effect[]): boolean =>
    probe(was.parts, is.parts, '').every(({ effect }) => effects.includes(effect));
  const bothBecame = ([a, b]: Two, [one, other]: Two, effects: readonly Effect[]): boolean =>
    (became(a, one, effects) && became(b, other, effects)) || (became(a, other, effects) && became(b, one, effects));
  const meets = (list: readonly Alternative[], [one, other]: Two): boolean =>
    list.some(({ schema }) => overlaps(schema, one, now) && overlaps(schema, other, now));

  const found: Finding[] = [];
  const isChosen = after.unions.some((union) => choicesOf(union, now) !== undefined);
  const isAccepted = (pair: Two): boolean =>
    !rejects.some((later) => bothBecame(pair, later, WIDER)) && meets(present, pair);
  if (!isChosen && rejected.some(isAccepted))
    found.push({ effect: 'widens', text: `${place(at)} may be what two branches accepted, which \`oneOf\` rejected` });
  const isNew = (pair: Two): boolean =>
    !rejected.some((earlier) => bothBecame(earlier, pair, NARROWER)) && meets(past, pair);
  if (rejects.some(isNew))
    found.push({
      effect: 'narrows',
      text: `${place(at)} has branches that accept the same values, which \`oneOf\` rejects`,
    });
  return found;
}
