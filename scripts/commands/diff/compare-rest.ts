import { isObject } from '../../common/document/pointer.ts';
import { asCode } from './as-code.ts';
import { type Comparison, type Finding, place } from './findings.ts';
import type { NormalSchema } from './normal-form.ts';
import { sameJson } from './types.ts';

const SCHEMAS = new Set(
  'not if then else contains propertyNames unevaluatedItems unevaluatedProperties contentSchema'.split(' '),
);
const MAPS = new Set(['patternProperties', 'dependentSchemas']);
/** Together they are one condition. */
const CONDITION = new Set(['if', 'then', 'else']);
/** Types have an index signature for them, by which programs name members. */
const NAMING = new Set(['patternProperties']);

/** Keywords without a rule of their own, and words. */
export function compareRest(
  before: NormalSchema,
  after: NormalSchema,
  at: string,
  { probe }: Comparison,
): readonly Finding[] {
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
  const keywords = [...new Set([...before.rest.keys(), ...after.rest.keys()])];
  const has = ({ rest }: NormalSchema, keyword: string): boolean =>
    CONDITION.has(keyword) ? [...CONDITION].some((each) => rest.has(each)) : rest.has(keyword);
  // Each keyword holds beside all others: one more leaves fewer values, one less leaves more.
  const effectOf = (keyword: string): Finding['effect'] => {
    if (NAMING.has(keyword) && before.additional.length === 0 && !has(before, keyword)) return 'narrows';
    if (NAMING.has(keyword)) return has(before, keyword) && !has(after, keyword) ? 'removes' : 'unclear';
    return has(before, keyword) ? (has(after, keyword) ? 'unclear' : 'widens') : 'narrows';
  };
  const found: Finding[] = keywords
    .filter((keyword) => isOther(keyword, before.rest.get(keyword) ?? [], after.rest.get(keyword) ?? []))
    .map((keyword) => ({ effect: effectOf(keyword), text: `${place(at)} has another ${asCode(keyword)}` }));
  if (!sameJson(before.words, after.words))
    found.push({ effect: 'words', text: `${place(at)} is described or exemplified anew` });
  if (!before.deprecated && after.deprecated) found.push({ effect: 'adds', text: `${place(at)} is deprecated` });
  return found;
}
