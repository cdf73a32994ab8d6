import { numberByName } from './by-name.ts';
import type { Random, SchemaObject } from './types.ts';

/** Width of the range if there is no upper bound. */
const RANGE = 1000;

/** A number within the bounds of all schemas that is a multiple of each `multipleOf`. */
export function makeNumber(
  schemas: readonly SchemaObject[],
  name: string,
  random: Random,
  drawn: boolean,
  integer: boolean,
): number {
  const numbers = (keyword: string) =>
    schemas.flatMap((schema) => (typeof schema[keyword] === 'number' ? [schema[keyword] as number] : []));
  const step = stepOf(numbers('multipleOf'), integer);
  const above = Math.max(...numbers('exclusiveMinimum'));
  const below = Math.min(...numbers('exclusiveMaximum'));
  const low = Math.max(...numbers('minimum'), above);
  const high = Math.min(...numbers('maximum'), below);
  const [least, most] = widthOf(schemas, integer);
  const fits = (value: number): boolean =>
    value >= Math.max(low, least) &&
    value <= Math.min(high, most) &&
    value > above &&
    value < below &&
    (step === undefined || isMultiple(value, step));
  const guess = numberByName(name, random);
  const guesses = guess === undefined ? [] : [integer ? Math.round(guess) : guess];
  const start = Number.isFinite(low) ? low : Number.isFinite(high) ? Math.min(0, high) : 0;
  const end = Number.isFinite(high) ? high : start + RANGE;
  const at = drawn ? start + random() * (end - start) : start;
  const near = [
    ...guesses,
    ...around(at, step, integer),
    ...around(start, step, integer),
    (start + end) / 2,
    ...around(end, step, integer),
  ];
  if (!drawn) near.splice(guesses.length, 0, 1, 0);
  return near.find(fits) ?? at;
}

/** Multiples near a value. */
function around(value: number, step: number | undefined, integer: boolean): readonly number[] {
  const width = step ?? (integer ? 1 : undefined);
  if (width === undefined) return [value, value + 0.5, value + 1e-6, value - 0.5, value - 1e-6];
  const grid = Math.ceil(value / width);
  return [grid, grid + 1, grid - 1].map((each) => round(each * width));
}

/** Rounds a number, because sums of decimal fractions are wrong in the last digit. */
const round = (value: number): number => Number(value.toPrecision(15));

function isMultiple(value: number, step: number): boolean {
  const times = round(value / step);
  return Number.isInteger(times);
}

/** The common multiple of the steps. Undefined if any number is valid. */
function stepOf(steps: readonly number[], integer: boolean): number | undefined {
  const all = [...steps.filter((step) => step > 0), ...(integer && steps.length > 0 ? [1] : [])];
  if (all.length === 0) return undefined;
  const largest = Math.max(...all);
  for (let times = 1; times <= 1000; times += 1) {
    const value = round(largest * times);
    if (all.every((step) => isMultiple(value, step))) return value;
  }
  return largest;
}

/** The range of the format. For 64 bits, it is the range of integers that JavaScript represents exactly. */
function widthOf(schemas: readonly SchemaObject[], integer: boolean): readonly [least: number, most: number] {
  if (schemas.some(({ format }) => format === 'int32')) return [-(2 ** 31), 2 ** 31 - 1];
  return integer ? [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER] : [-Number.MAX_VALUE, Number.MAX_VALUE];
}
