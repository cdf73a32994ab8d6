import { isObject, type JsonObject } from '../../common/document/pointer.ts';
import { asCode } from './as-code.ts';
import { type Comparison, type Finding, member, place } from './findings.ts';
import type { NormalSchema } from './normal-form.ts';
import { sameJson } from './types.ts';

const KEYWORD = 'patternProperties';

/** The schemas of patterns; undefined if several parts have patterns, which may apply to the same names. */
function patternsOf({ rest }: NormalSchema): JsonObject | undefined {
  const [patterns = {}, ...others] = rest.get(KEYWORD) ?? [];
  return others.length === 0 && isObject(patterns) ? patterns : undefined;
}

/** `patternProperties`. Types have an index signature for a pattern, so that programs can name its properties. */
export function comparePatterns(
  before: NormalSchema,
  after: NormalSchema,
  at: string,
  { compare }: Comparison,
): readonly Finding[] {
  const [past, present] = [patternsOf(before), patternsOf(after)];
  if (past === undefined || present === undefined) {
    const isSame = sameJson(before.rest.get(KEYWORD), after.rest.get(KEYWORD));
    return isSame ? [] : [{ effect: 'unclear', text: `${place(at)} has different ${asCode(KEYWORD)}` }];
  }
  return [...new Set([...Object.keys(past), ...Object.keys(present)])].flatMap((pattern): readonly Finding[] => {
    const here = member(at, `/${pattern}/`);
    if (!Object.hasOwn(present, pattern)) return [{ effect: 'removes', text: `${place(here)} was removed` }];
    if (Object.hasOwn(past, pattern)) return compare([past[pattern]], [present[pattern]], here);
    return [{ effect: newEffect(before, after), text: `${place(here)} is new` }];
  });
}

/** The changes of a new pattern for the names that it matches. */
function newEffect(before: NormalSchema, after: NormalSchema): Finding['effect'] {
  // Such names were rejected before, or another part still rejects them.
  if (before.additional.includes(false) && after.additional.includes(false)) return 'adds';
  return before.additional.length === 0 ? 'narrows' : 'unclear';
}
