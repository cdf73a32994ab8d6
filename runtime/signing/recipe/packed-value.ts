import { readPacked } from '../carriers.ts';
import type { RecipeRequest } from './request.ts';

/** One value of the packed header, by its name. Empty if it is missing. */
export function packedValue(name: string, { input, scheme }: RecipeRequest): string {
  if (!scheme.packed) return '';
  return readPacked(input.packed, scheme.packed).find(([written]) => written === name)?.[1] ?? '';
}

/** The names in a list such as `host;x-amz-date` or `content-type x-id`, in lower case. */
export const listedHeaders = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(/[;,\s]+/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
