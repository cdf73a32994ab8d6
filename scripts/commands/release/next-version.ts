import type { Bump } from '../diff/types.ts';

const FIRST = '0.1.0';

const parse = (version: string): readonly [number, number, number] => {
  const [major = 0, minor = 0, patch = 0] = version.split(/[-+]/)[0]?.split('.').map(Number) ?? [];
  return [major, minor, patch];
};

/** Whether a version precedes another by semantic versioning. */
export function isBelow(version: string, other: string): boolean {
  const [a, b] = [parse(version), parse(other)];
  const place = a.findIndex((part, index) => part !== b[index]);
  return place !== -1 && (a[place] ?? 0) < (b[place] ?? 0);
}

const isZero = (version: string): boolean => parse(version)[0] === 0;

/** Whether a release leaves 0.x, which promises no compatibility. */
export const leavesZero = (last: string, next: string): boolean => isZero(last) && !isZero(next);

/** Limits for the next version. */
export type VersionOptions = {
  readonly atLeast?: string | undefined;
  /**
   * Versions that were published, possibly under another dist-tag. The next version is the first free one after them.
   */
  readonly taken?: readonly string[];
};

/**
 * The version after `last`. Below 1.0.0, npm's `^` stops at the minor number, so that a breaking change increases that
 * number and all other changes the patch number. 1.0.0 is reached only by `atLeast`.
 */
export function nextVersion(
  last: string | undefined,
  bump: Bump,
  { atLeast, taken = [] }: VersionOptions = {},
): string {
  const wanted = last === undefined ? FIRST : increase(parse(last), bump);
  let next = atLeast !== undefined && isBelow(wanted, atLeast) ? atLeast : wanted;
  while (taken.includes(next)) next = increase(parse(next), 'patch');
  return next;
}

function increase([major, minor, patch]: readonly [number, number, number], bump: Bump): string {
  if (major === 0) return bump === 'major' ? `0.${minor + 1}.0` : `0.${minor}.${patch + 1}`;
  if (bump === 'major') return `${major + 1}.0.0`;
  return bump === 'minor' ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`;
}
