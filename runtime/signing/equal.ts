import { type Data, toBytes } from './bytes.ts';

/**
 * Whether two values have the same bytes, in a time that depends on the length of `presented` alone: neither where they
 * differ nor how long the expected value is can be measured.
 */
export function equalBytes(presented: Data, expected: Data): boolean {
  const a = toBytes(presented);
  const b = toBytes(expected);
  let difference = a.length ^ b.length;
  // An expected value of no bytes never matches anything: a secret that was left empty must not let callers in.
  if (b.length === 0) return false;
  for (let i = 0; i < a.length; i += 1) difference |= (a[i] as number) ^ (b[i % b.length] as number);
  return difference === 0;
}
