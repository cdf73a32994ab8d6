import type { Alternative } from './alternatives.ts';
import { choicesOf } from './discriminator-choices.ts';
import { type Comparison, type Finding, place } from './findings.ts';
import type { NormalSchema } from './normal-form.ts';
import { overlaps } from './overlap.ts';

const isExclusive = ({ unions }: NormalSchema): boolean =>
  unions.some((union) => union.keyword === 'oneOf' && choicesOf(union) === undefined);

/** `oneOf` rejects a value that two branches accept: a branch more, or a wider one, can take values away. */
export function compareOverlaps(
  before: NormalSchema,
  after: NormalSchema,
  pairs: readonly (readonly [was: Alternative, is: Alternative])[],
  won: readonly Alternative[],
  at: string,
  { old, now }: Comparison,
): readonly Finding[] {
  if (!isExclusive(after)) return [];
  const wasExclusive = isExclusive(before);
  const met = (a: NormalSchema, b: NormalSchema): boolean => wasExclusive && overlaps(a, b, old);
  const newly =
    pairs.some(([was, is]) =>
      won.some(
        ({ schema }) => is.schema !== schema && overlaps(is.schema, schema, now) && overlaps(was.schema, schema, now),
      ),
    ) ||
    pairs.some(([was, is], index) =>
      pairs.slice(index + 1).some(([other, otherIs]) => {
        if (is.schema === otherIs.schema) return false;
        return overlaps(is.schema, otherIs.schema, now) && !met(was.schema, other.schema);
      }),
    );
  return newly
    ? [{ effect: 'unclear', text: `${place(at)} has branches that accept the same values, which \`oneOf\` rejects` }]
    : [];
}
