import type { z } from 'zod';
import { type Format, formatProblem } from './format.ts';
import { hasMember, isJsonObject } from './json.ts';
import { lengthProblem } from './length.ts';
import { isMultipleOf } from './multiple.ts';
import type { Issue } from './scope.ts';

/** A function for zod's `.check()`. */
type Check<Value> = (payload: z.core.ParsePayload<Value>) => void;

function refuse<Value>(payload: z.core.ParsePayload<Value>, message: string, path: PropertyKey[] = []): void {
  payload.issues.push({ code: 'custom', message, input: payload.value, path, continue: false } as Issue);
}

/**
 * Checks the length of a string in code points. If the length is invalid, the checks after this one (patterns) do not
 * run.
 */
export function length(min: number, max: number = Number.POSITIVE_INFINITY): Check<string> {
  return (payload) => {
    const problem = lengthProblem(payload.value, min, max);
    if (problem !== undefined) refuse(payload, problem);
  };
}

/** Checks a format, as in `z.string().check(v.format(v.date))`. */
export function format<Value extends string | number>(expected: Format<Value>): Check<Value> {
  const { test } = expected;
  return (payload) => {
    if (!test(payload.value)) refuse(payload, formatProblem(expected, payload.value));
  };
}

/** Checks for multiples without the error of floating-point division. */
export function multipleOf(divisor: number): Check<number> {
  return (payload) => {
    if (!isMultipleOf(payload.value, divisor)) refuse(payload, `Invalid number: must be a multiple of ${divisor}`);
  };
}

/** Checks that properties exist which are required but not part of the object's shape. */
export function required(...names: readonly string[]): Check<unknown> {
  return (payload) => {
    for (const name of names) {
      if (!isJsonObject(payload.value) || !hasMember(payload.value, name)) {
        refuse(payload, 'Invalid input: required', [name]);
      }
    }
  };
}
