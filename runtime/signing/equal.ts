import { type Data, toBytes } from './bytes.ts';

/**
 * Whether two values have the same bytes. The time depends only on the length of `presented`: it reveals neither the
 * position of a difference nor the length of the expected value. A value of another length is compared with itself, which
 * takes the same time.
 *
 * @example
 * ```ts
 * const valid = equalBytes(request.headers.get('x-signature') ?? '', expected);
 * ```
 */
export function equalBytes(presented: Data, expected: Data): boolean {
  // Two texts have the same bytes if they have the same code units, so they are compared without encoding them.
  if (typeof presented === 'string' && typeof expected === 'string') return equalText(presented, expected);
  const a = toBytes(presented);
  const b = toBytes(expected);
  // An empty expected value never matches. Otherwise, an empty secret would accept every caller.
  if (b.length === 0) return false;
  const other = a.length === b.length ? b : a;
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i += 1) difference |= (a[i] as number) ^ (other[i] as number);
  return difference === 0;
}

function equalText(a: string, b: string): boolean {
  if (b.length === 0) return false;
  const other = a.length === b.length ? b : a;
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i += 1) difference |= a.charCodeAt(i) ^ other.charCodeAt(i);
  return difference === 0;
}
