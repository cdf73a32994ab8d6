import type { Comparison, Effect } from './findings.ts';

/** Formats whose values are all values of other formats, too. */
const CONTAINED: ReadonlyMap<unknown, readonly unknown[]> = new Map<unknown, readonly unknown[]>([
  ['int32', ['int64']],
  ['float', ['double']],
  ['hostname', ['idn-hostname']],
  ['email', ['idn-email']],
  ['uri', ['uri-reference', 'iri', 'iri-reference']],
  ['uri-reference', ['iri-reference']],
  ['iri', ['iri-reference']],
]);

const contains = (one: unknown, other: unknown): boolean => CONTAINED.get(other)?.includes(one) === true;

/** The effect of a different format. Of most formats, neither contains the other. */
export function formatEffect(
  old: readonly unknown[],
  now: readonly unknown[],
  { apis }: Pick<Comparison, 'apis'>,
): Effect {
  const [was, is] = [old[0], now[0]];
  if (old.length !== 1 || now.length !== 1) return 'unclear';
  // A package may hold 64-bit integers in another type.
  const isTyped = [apis.before, apis.after].some(({ int64 = 'number' }) => int64 !== 'number');
  if (isTyped && [was, is].includes('int64')) return 'unclear';
  return contains(is, was) ? 'widens' : contains(was, is) ? 'narrows' : 'unclear';
}
