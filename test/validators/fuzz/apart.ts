import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';

/** A value for which the compiled check and zod alone have different verdicts or output. */
export type Apart = {
  readonly schema: string;
  readonly value: string;
  readonly compiled: unknown;
  readonly zod: unknown;
};

/** Compares a schema's Standard Schema interface (compiled check first) with zod alone: verdict, output, issues. */
export function apartFrom(
  name: string,
  schema: z.ZodType,
  text: string,
): { readonly accepted: boolean; readonly isCompiled: boolean; readonly found: readonly Apart[] } {
  // A separate object for each of the two.
  const input: unknown = JSON.parse(text);
  const result = schema['~standard'].validate(input);
  if (result instanceof Promise) throw new Error('asynchronous');
  const plain = schema.safeParse(JSON.parse(text));
  const compiled = result.issues ? issuesOf(result.issues) : result.value;
  const zod = plain.success ? plain.data : issuesOf(plain.error.issues);
  const accepted = result.issues === undefined;
  const isSame = accepted === plain.success && isDeepStrictEqual(compiled, zod) && text === JSON.stringify(input);
  return {
    accepted,
    // zod copies accepted values, except scalars, which have no compiled check.
    isCompiled: accepted && typeof input === 'object' && input !== null && result.value === input,
    found: isSame ? [] : [{ schema: name, value: text, compiled, zod }],
  };
}

const issuesOf = (issues: readonly { readonly message: string; readonly path?: unknown }[]) =>
  issues.map(({ message, path }) => ({ message, path }));
