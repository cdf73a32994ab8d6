import { isObject } from '../../common/document/pointer.ts';
import { asCode } from './as-code.ts';
import { comparePatterns } from './compare-patterns.ts';
import { type Comparison, type Finding, place } from './findings.ts';
import type { NormalSchema } from './normal-form.ts';
import { overlaps } from './overlap.ts';
import { sameJson } from './types.ts';

const SCHEMAS = new Set(
  'not if then else contains propertyNames unevaluatedItems unevaluatedProperties contentSchema'.split(' '),
);
const MAPS = new Set(['dependentSchemas']);
/** Keywords for which a stricter schema makes the whole stricter. */
const APPLIED = new Set(['propertyNames', 'contains', 'unevaluatedItems', 'unevaluatedProperties', 'contentSchema']);
/** Keywords that form one condition together. */
const CONDITION = new Set(['if', 'then', 'else']);
/** The keywords without a `not` that no value of the schema can match. Objects may have undeclared properties. */
function heldBy(schema: NormalSchema, normalize: Comparison['old']): NormalSchema['rest'] {
  const { types, rest } = schema;
  if (types === undefined || types.has('object')) return rest;
  const held = (rest.get('not') ?? []).filter((value) => overlaps(schema, normalize([value]), normalize));
  return new Map(
    [...rest].flatMap(([keyword, values]) => {
      const left = keyword === 'not' ? held : values;
      return left.length > 0 ? [[keyword, left] as const] : [];
    }),
  );
}

/** Compares keywords without a rule of their own, and texts. */
export function compareRest(
  before: NormalSchema,
  after: NormalSchema,
  at: string,
  comparison: Comparison,
): readonly Finding[] {
  const { probe, old, now } = comparison;
  const [past, present] = [heldBy(before, old), heldBy(after, now)];
  const differs = (old: unknown, now: unknown): boolean =>
    probe([old], [now], at).some(({ effect }) => effect !== 'words');
  const isOther = (keyword: string, old: readonly unknown[], now: readonly unknown[]): boolean => {
    if (old.length !== now.length || (!SCHEMAS.has(keyword) && !MAPS.has(keyword))) return !sameJson(old, now);
    return old.some((value, index) => {
      const other = now[index];
      if (SCHEMAS.has(keyword)) return differs(value, other);
      if (!isObject(value) || !isObject(other)) return !sameJson(value, other);
      if (!sameJson(Object.keys(value).sort(), Object.keys(other).sort())) return true;
      return Object.keys(value).some((name) => differs(value[name], other[name]));
    });
  };
  const keywords = [...new Set([...past.keys(), ...present.keys()])].filter(
    (keyword) => keyword !== 'patternProperties',
  );
  const has = (rest: NormalSchema['rest'], keyword: string): boolean =>
    CONDITION.has(keyword) ? [...CONDITION].some((each) => rest.has(each)) : rest.has(keyword);
  // Keywords apply together: an additional one narrows the schema, a removed one widens it.
  const effectOf = (keyword: string): Finding['effect'] => {
    if (!has(past, keyword) || !has(present, keyword)) return has(past, keyword) ? 'widens' : 'narrows';
    const [was, is] = [past.get(keyword) ?? [], present.get(keyword) ?? []];
    const isRanged = keyword === 'contains' && (past.has('maxContains') || present.has('maxContains'));
    if (!APPLIED.has(keyword) || isRanged || was.length !== 1 || is.length !== 1) return 'unclear';
    const effects = new Set(probe(was, is, at).map(({ effect }) => effect));
    const isOnly = (...some: readonly Finding['effect'][]): boolean =>
      [...effects].every((effect) => effect === 'words' || some.includes(effect));
    return isOnly('narrows') ? 'narrows' : isOnly('widens') ? 'widens' : 'unclear';
  };
  const found: Finding[] = [...comparePatterns(before, after, at, comparison)];
  const others = keywords
    .filter((keyword) => isOther(keyword, past.get(keyword) ?? [], present.get(keyword) ?? []))
    .map((keyword) => ({ effect: effectOf(keyword), text: `${place(at)} has a different ${asCode(keyword)}` }));
  found.push(...others);
  if (!sameJson(before.words, after.words))
    found.push({ effect: 'words', text: `${place(at)} has a new description or example` });
  if (!before.deprecated && after.deprecated) found.push({ effect: 'adds', text: `${place(at)} is deprecated` });
  return found;
}
