import { drawDocument } from './base-document.ts';
import { type DocumentChange, documentChanges } from './changes/change-document.ts';
import { schemaChanges } from './changes/change-schema.ts';
import type { Json } from './json.ts';
import { schemasOf } from './places.ts';
import { type Random, randomOf } from './random.ts';

/** Two documents. Named changes turn the first into the second. */
export type Pair = {
  readonly base: number;
  readonly before: Json;
  readonly after: Json;
  readonly changes: readonly string[];
};

const TRIES = 40;
const copyOf = (document: Json): Json => JSON.parse(JSON.stringify(document)) as Json;

const changes: readonly (readonly [name: string, change: DocumentChange])[] = [
  ...Object.entries(schemaChanges).map(([name, change]): [string, DocumentChange] => [
    name,
    (document, random) => {
      const { schema, replace } = random.pick(schemasOf(document));
      const made = change(schema, random);
      if (made !== undefined) replace(made);
      return made !== undefined;
    },
  ]),
  ...Object.entries(documentChanges),
];

/** The names of all changes. */
export const changeNames: readonly string[] = changes.map(([name]) => name);

function apply(document: Json, [, change]: (typeof changes)[number], random: Random): Json | undefined {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const copy = copyOf(document);
    // Some changes detect late that they do not apply.
    if (change(copy, random)) return copyOf(copy);
  }
  return undefined;
}

/** Returns this number of pairs. The kinds of changes alternate, and a fifth of the pairs has two changes. */
export function drawPairs(seed: number, count: number, changesOfBase = 20): readonly Pair[] {
  const random = randomOf(seed);
  const pairs: Pair[] = [];
  let before = copyOf(drawDocument(random));
  let turn = random.below(changes.length);
  for (let index = 0; pairs.length < count; index += 1) {
    if (index % changesOfBase === 0) before = copyOf(drawDocument(random));
    const names: string[] = [];
    let after = before;
    for (let left = random.chance(20) ? 2 : 1; left > 0; left -= 1) {
      const chosen = left === 2 ? random.pick(changes) : changes[turn % changes.length];
      if (chosen === undefined) continue;
      const made = apply(after, chosen, random);
      if (made === undefined) continue;
      names.push(chosen[0]);
      after = made;
    }
    turn += 1;
    if (names.length > 0) pairs.push({ base: Math.floor(index / changesOfBase), before, after, changes: names });
  }
  return pairs;
}
