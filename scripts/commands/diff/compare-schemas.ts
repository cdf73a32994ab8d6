import type { Api, JsonSchema } from '../../model/types.ts';
import { compareExtensions } from './compare-extensions.ts';
import { compareLimits } from './compare-limits.ts';
import { compareObjects } from './compare-objects.ts';
import { compareRest } from './compare-rest.ts';
import { compareTypes } from './compare-types.ts';
import { compareUnions } from './compare-unions.ts';
import { type Compare, type Comparison, type Direction, type Finding, place } from './findings.ts';
import type { NormalSchema } from './normal-form.ts';
import { normalizerOf } from './normal-schema.ts';
import { areSame } from './same-schemas.ts';
import type { Both } from './types.ts';

/**
 * Compares two schemas, each within its own contract, at any depth. A pair that was compared before is not compared
 * again: at its second place, its effects have no text.
 * @param goes whether callers send the value or read it
 * @param whole whether properties that are only sent in the other direction count as well
 */
export function compareSchemas(
  before: JsonSchema,
  after: JsonSchema,
  apis: Both<Api>,
  goes: Direction,
  whole = false,
): readonly Finding[] {
  if (areSame(before, after, apis)) return [];
  const [old, now] = [normalizerOf(apis.before), normalizerOf(apis.after)];
  const probe = comparer({ apis, goes, whole, old, now });
  const compare = comparer({ apis, goes, whole, old, now, probe });
  return compare([before], [after], '').filter(({ text }) => text !== '');
}

function comparer({
  probe,
  ...rest
}: Pick<Comparison, 'apis' | 'goes' | 'whole' | 'old' | 'now'> & { readonly probe?: Compare }): Compare {
  const seen = new Map<string, readonly Finding[]>();
  const compare: Compare = (a, b, at) => {
    const [old, now] = [rest.old(a), rest.now(b)];
    const pair = `${old.key}|${now.key}`;
    const known = seen.get(pair);
    if (known !== undefined) return known;
    seen.set(pair, []);
    const found = compareNodes(old, now, at, { ...rest, compare, probe: probe ?? compare });
    const effects = new Set(found.map(({ effect }) => effect));
    seen.set(
      pair,
      [...effects].map((effect) => ({ effect, text: '' })),
    );
    return found;
  };
  return compare;
}

/** Whether programs can name properties, items or values of a schema. They cannot if it accepts no value. */
const isNamed = ({ properties, tuple, values, unions, types }: NormalSchema): boolean =>
  properties.size + tuple.length + unions.length > 0 || values !== undefined || types?.has('array') === true;

function compareNodes(old: NormalSchema, now: NormalSchema, at: string, comparison: Comparison): readonly Finding[] {
  if (old.never && now.never) return [];
  if (now.never) return [{ effect: isNamed(old) ? 'removes' : 'narrows', text: `${place(at)} is no longer accepted` }];
  if (old.never) return [{ effect: 'widens', text: `${place(at)} is now accepted` }];
  const unions = compareUnions(old, now, at, comparison);
  if (unions !== undefined) return [...unions, ...compareRest(old, now, at, comparison)];
  return [
    ...compareExtensions(old, now, at, comparison),
    ...compareTypes(old, now, at),
    ...compareLimits(old, now, at, comparison),
    ...compareObjects(old, now, at, comparison),
    ...compareRest(old, now, at, comparison),
  ];
}
