import type { Alternative } from './alternatives.ts';
import { choicesOf } from './discriminator-choices.ts';
import { type Comparison, type Finding, place } from './findings.ts';
import type { NormalSchema } from './normal-form.ts';
import { overlaps } from './overlap.ts';

type Two = readonly [NormalSchema, NormalSchema];

const isExclusive = ({ unions }: NormalSchema): boolean =>
  unions.some((union) => union.keyword === 'oneOf' && choicesOf(union) === undefined);

function overlapping(alternatives: readonly Alternative[], normalize: Comparison['now']): readonly Two[] {
  const schemas = [...new Set(alternatives.map(({ schema }) => schema))];
  return schemas.flatMap((one, index) =>
    schemas
      .slice(index + 1)
      .filter((other) => overlaps(one, other, normalize))
      .map((other): Two => [one, other]),
  );
}

/** What the two sides accept, and whether a branch accepts fewer values than it did. */
type Alternatives = {
  readonly past: readonly Alternative[];
  readonly present: readonly Alternative[];
  readonly isNarrower: boolean;
};

/** `oneOf` rejects a value that two branches accept: a branch more, or a wider one, can take values away. */
export function compareOverlaps(
  before: NormalSchema,
  after: NormalSchema,
  { past, present, isNarrower }: Alternatives,
  at: string,
  { old, now }: Comparison,
): readonly Finding[] {
  const known = isExclusive(before) ? overlapping(past, old) : [];
  const isChosen = after.unions.some((union) => choicesOf(union) !== undefined);
  if (known.length > 0 && !isChosen && (isNarrower || !isExclusive(after)))
    return [{ effect: 'widens', text: `${place(at)} may be what two branches accepted, which \`oneOf\` rejected` }];
  if (!isExclusive(after)) return [];
  const meets = (a: NormalSchema, b: NormalSchema): boolean => overlaps(a, b, now);
  const isNew = ([one, other]: Two): boolean =>
    past.some(({ schema }) => meets(schema, one) && meets(schema, other)) &&
    !known.some(([a, b]) => (meets(a, one) && meets(b, other)) || (meets(a, other) && meets(b, one)));
  if (!overlapping(present, now).some(isNew)) return [];
  const text = `${place(at)} has branches that accept the same values, which \`oneOf\` rejects`;
  return [{ effect: 'unclear', text }];
}
