import type { Alternative } from './alternatives.ts';
import type { Comparison, Effect, Finding } from './findings.ts';

type Pair = readonly [was: Alternative, is: Alternative];
/** Alternatives of two unions, matched with each other. */
export type Matched = {
  readonly pairs: readonly Pair[];
  readonly lost: readonly Alternative[];
  readonly won: readonly Alternative[];
};

const only = (found: readonly Finding[], effects: readonly Effect[]): boolean =>
  found.every(({ effect }) => effects.includes(effect));

const typesOf = ({ schema: { types } }: Alternative): string => [...(types ?? ['any'])].sort().join();

/** Finds the new version of each alternative: by name, by meaning, then by similarity. */
export function matchAlternatives(
  before: readonly Alternative[],
  after: readonly Alternative[],
  { probe }: Comparison,
): Matched {
  const pairs: Pair[] = [];
  let [old, now] = [[...before], [...after]];
  const take = (was: Alternative, is: Alternative | undefined): void => {
    if (is === undefined) return;
    pairs.push([was, is]);
    old = old.filter((each) => each !== was);
    now = now.filter((each) => each !== is);
  };
  const differences = (was: Alternative, is: Alternative): readonly Finding[] =>
    probe(was.schema.parts, is.schema.parts, '');

  for (const was of [...old])
    take(
      was,
      now.find((is) => was.name !== undefined && was.name === is.name && typesOf(was) === typesOf(is)),
    );
  for (const was of [...old])
    take(
      was,
      now.find((is) => only(differences(was, is), ['words'])),
    );
  for (const was of [...old])
    take(
      was,
      now.find((is) => typesOf(was) === typesOf(is) && only(differences(was, is), ['words', 'widens', 'adds'])),
    );
  for (const was of [...old])
    take(
      was,
      now.find((is) => typesOf(was) === typesOf(is) && only(differences(was, is), ['words', 'narrows', 'loses'])),
    );
  // A value that another alternative also accepts is neither removed nor added.
  old = old.filter((was) => !after.some((is) => only(differences(was, is), ['words', 'widens'])));
  now = now.filter((is) => !before.some((was) => only(differences(was, is), ['words', 'narrows', 'loses'])));
  for (const was of [...old]) {
    // An alternative that a discriminator's value selects accepts only that value.
    const alike = now.filter((is) => was.value === undefined && is.value === undefined && typesOf(was) === typesOf(is));
    const [nearest] = alike.sort((a, b) => differences(was, a).length - differences(was, b).length);
    take(was, nearest);
  }
  return { pairs, lost: old, won: now };
}
