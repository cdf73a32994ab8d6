import * as z from 'zod';
import { int64Kinds } from './kinds.ts';

/** The limits of a 64-bit integer in the contract. */
export type Int64Bounds = {
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
};

const MIN = -(2n ** 63n);
const MAX = 2n ** 63n - 1n;
const DIGITS = /^(?:0|-?[1-9]\d*)$/;

/** Creates the schema of a 64-bit integer as a bigint. */
export function int64Bigint(bounds: Int64Bounds = {}): z.ZodType<bigint, bigint> {
  const schema = z.custom<bigint>().check((context) => {
    const { value } = context;
    const message = typeof value === 'bigint' ? problemOf(value, bounds) : 'Invalid input: expected bigint';
    if (message) context.issues.push({ code: 'custom', message, input: value });
  });
  int64Kinds.set(schema, 'bigint');
  return schema;
}

/** Creates the schema of a 64-bit integer as decimal digits. */
export function int64String(bounds: Int64Bounds = {}): z.ZodType<string, string> {
  const schema = z.custom<string>().check((context) => {
    const { value } = context;
    const isText = typeof value === 'string' && DIGITS.test(value) && value.length <= 20;
    const message = isText ? problemOf(BigInt(value), bounds) : 'Invalid input: expected the digits of an int64';
    if (message) context.issues.push({ code: 'custom', message, input: value });
  });
  int64Kinds.set(schema, 'string');
  return schema;
}

function problemOf(value: bigint, bounds: Int64Bounds): string | undefined {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum, multipleOf } = bounds;
  if (value < MIN || value > MAX) return 'Invalid int64: more than 64 bits';
  if (minimum !== undefined && value < minimum) return `Too small: expected int64 to be >=${minimum}`;
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum)
    return `Too small: expected int64 to be >${exclusiveMinimum}`;
  if (maximum !== undefined && value > maximum) return `Too big: expected int64 to be <=${maximum}`;
  if (exclusiveMaximum !== undefined && value >= exclusiveMaximum)
    return `Too big: expected int64 to be <${exclusiveMaximum}`;
  // A fractional `multipleOf` is not checked, because contracts rarely combine it with 64-bit integers.
  if (multipleOf !== undefined && Number.isInteger(multipleOf) && value % BigInt(multipleOf) !== 0n)
    return `Invalid number: must be a multiple of ${multipleOf}`;
  return undefined;
}
