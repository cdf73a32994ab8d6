/** How a version number moves, least first. */
const BUMPS = ['none', 'patch', 'minor', 'major'] as const;
/** How a change moves a version. */
export type Bump = (typeof BUMPS)[number];

/**
 * Which end of the wire a package's users hold. Callers send what the contract asks for; receivers answer it. What is
 * harmless for one can break the other: an answer may gain a required member without a caller noticing, but whoever
 * answers must now send it.
 */
export type Role = 'caller' | 'receiver' | 'both';

/** One difference between two contracts, in words for the changelog. */
export type Change = {
  readonly bump: Exclude<Bump, 'none'>;
  /** The operation's name as users write it; undefined when it concerns them all. */
  readonly operation?: string | undefined;
  readonly text: string;
};

/** The same thing in two versions of a contract. */
export type Both<T> = { readonly before: T; readonly after: T };
/** Reports one change. */
export type Tell = (bump: Change['bump'], text: string) => void;

/** The largest of several bumps. */
export const largest = (bumps: readonly Bump[]): Bump =>
  bumps.reduce<Bump>((most, bump) => (BUMPS.indexOf(bump) > BUMPS.indexOf(most) ? bump : most), 'none');

/** The larger bump of the two ends where a package serves both. */
export function forRole(role: Role, caller: Change['bump'], receiver: Change['bump']): Change['bump'] {
  if (role === 'caller') return caller;
  return role === 'receiver' ? receiver : (largest([caller, receiver]) as Change['bump']);
}

/** Equal as JSON, whatever the order of members. */
export function sameJson(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_, member: unknown) =>
      typeof member === 'object' && member !== null && !Array.isArray(member)
        ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
        : member,
    ) ?? 'undefined'
  );
}
