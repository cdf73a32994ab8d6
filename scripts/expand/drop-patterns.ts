import { isObject } from '../common/document/pointer.ts';
import type { Step } from './step.ts';
import { transform } from './transform.ts';

type Schema = { readonly [keyword: string]: unknown };

/**
 * Removes patterns that are not regular expressions of ECMA-262. Lint reports them, and later stages cannot use them.
 * The names that do not match such a pattern are then unknown, too.
 */
export const dropPatterns: Step = (document, { derivations, spec }) => {
  if (!spec.patterns.some(({ schema }) => withoutWrongPatterns(schema as Schema) !== schema)) return document;
  return transform(document, ['Schema'], withoutWrongPatterns, derivations);
};

function withoutWrongPatterns(schema: Schema): Schema {
  const { pattern, patternProperties } = schema;
  let result = schema;
  if (typeof pattern === 'string' && !isPattern(pattern)) {
    const { pattern: _, ...rest } = result;
    result = rest;
  }
  if (!isObject(patternProperties)) return result;
  const right = Object.entries(patternProperties).filter(([each]) => isPattern(each));
  if (right.length === Object.keys(patternProperties).length) return result;
  const { patternProperties: _, additionalProperties: __, unevaluatedProperties: ___, ...rest } = result;
  return {
    ...rest,
    ...(right.length > 0 && { patternProperties: Object.fromEntries(right) }),
    additionalProperties: true,
  };
}

/** Whether it is a valid regular expression, with the Unicode flag on or off. */
export function isPattern(source: string): boolean {
  return ['u', ''].some((flags) => {
    try {
      return new RegExp(source, flags) instanceof RegExp;
    } catch {
      return false;
    }
  });
}
