import { asCode } from './as-code.ts';
import { type Finding, place, type SchemaNode } from './compare-schemas.ts';
import { sameJson } from './types.ts';

const LOWER = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'];
const UPPER = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'];
/** There or not there; another value may let through other values, not more or fewer. */
const FIXED = ['multipleOf', 'pattern', 'format', 'uniqueItems', 'contentEncoding', 'contentMediaType'];

function told(keyword: string, before: unknown, after: unknown): string {
  const shown = (value: unknown): string => (value === undefined ? 'none' : asCode(JSON.stringify(value)));
  return `${asCode(keyword)}: ${shown(before)} → ${shown(after)}`;
}

/** Bounds, lengths, counts, patterns and formats. */
export function compareLimits(before: SchemaNode, after: SchemaNode, at: string): readonly Finding[] {
  const found: Finding[] = [];
  const tell = (effect: Finding['effect'], keyword: string): void =>
    void found.push({ effect, text: `${place(at)} has another ${told(keyword, before[keyword], after[keyword])}` });
  for (const [keywords, none] of [
    [LOWER, Number.NEGATIVE_INFINITY],
    [UPPER, Number.POSITIVE_INFINITY],
  ] as const) {
    for (const keyword of keywords) {
      const value = (schema: SchemaNode): number => {
        const given = schema[keyword];
        if (typeof given === 'number') return given;
        // A count below zero cannot be: `minLength: 0` says nothing.
        return keywords === LOWER && !/inimum$/.test(keyword) ? 0 : none;
      };
      const difference = value(after) - value(before);
      if (value(after) === value(before) || Number.isNaN(difference)) continue;
      tell(difference > 0 === (keywords === LOWER) ? 'narrows' : 'widens', keyword);
    }
  }
  for (const keyword of FIXED) {
    const [old, now] = [before[keyword], after[keyword]].map((value) => (value === false ? undefined : value));
    if (sameJson(old, now)) continue;
    tell(old === undefined ? 'narrows' : now === undefined ? 'widens' : 'unclear', keyword);
  }
  return found;
}
