import { lengthProblem } from '../length.ts';
import type { Keywords } from '../node.ts';
import { refuse, type Scope } from '../scope.ts';

type Check = (value: string, scope: Scope) => void;

/** Keywords for strings. Patterns may be slow on long texts, so a text of the wrong length is not matched. */
export function stringKeywords(keywords: Keywords): readonly Check[] {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern, format } = keywords;
  const checks: Check[] = [];
  if (pattern !== undefined) {
    checks.push((value, scope) => {
      if (!pattern.test(value)) refuse(scope, `Invalid string: must match pattern ${pattern}`, value);
    });
  }
  if (format?.type === 'string') {
    checks.push((value, scope) => {
      if (!format.test(value)) refuse(scope, `Invalid ${format.name}`, value);
    });
  }
  if (minLength === 0 && maxLength === Number.POSITIVE_INFINITY) return checks;
  return [
    (value, scope) => {
      const problem = lengthProblem(value, minLength, maxLength);
      if (problem !== undefined) refuse(scope, problem, value);
      else for (const check of checks) check(value, scope);
    },
  ];
}
