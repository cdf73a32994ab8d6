import type { JsonSchema } from '../../types.ts';
import { isBinary } from '../file.ts';
import { flatten, type ResolveSchema } from './parameter-shape.ts';

/** Alternatives of alternatives that are searched. */
const DEEPEST = 6;

/**
 * Whether a whole body or response is a file. Null beside the file does not count: a body of bytes has no null, and
 * frameworks write it because of a method's type, not because they send JSON.
 */
export function isFileBody(schema: JsonSchema, resolve: ResolveSchema, depth: number = DEEPEST): boolean {
  const parts = flatten([schema], resolve);
  return parts.some((part) => {
    const types = [part.type].flat().filter((type) => type !== 'null');
    if (isBinary(part as JsonSchema) && types.length === 1 && types[0] === 'string') return true;
    return [part.anyOf, part.oneOf].some((branches) => Array.isArray(branches) && areFiles(branches, resolve, depth));
  });
}

function areFiles(branches: readonly unknown[], resolve: ResolveSchema, depth: number): boolean {
  const others = branches.filter((branch) => !isNull(branch));
  return (
    depth > 0 && others.length > 0 && others.every((branch) => isFileBody(branch as JsonSchema, resolve, depth - 1))
  );
}

function isNull(branch: unknown): boolean {
  if (typeof branch !== 'object' || branch === null) return false;
  const { type, const: value, enum: values } = branch as { readonly [keyword: string]: unknown };
  return type === 'null' || value === null || (Array.isArray(values) && values.every((each) => each === null));
}
