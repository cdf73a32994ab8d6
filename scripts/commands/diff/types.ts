/** How a version number changes, the smallest change first. */
const BUMPS = ['none', 'patch', 'minor', 'major'] as const;
/** How a change affects a version. */
export type Bump = (typeof BUMPS)[number];

/**
 * Whether a package's users call the API or implement it. Callers send what the contract requires, and receivers
 * respond to it. A change that is harmless for one can break the other: a new required property of a response does not
 * affect callers, but receivers must send it.
 */
export type Role = 'caller' | 'receiver' | 'both';

/** One difference between two contracts, worded for the changelog. */
export type Change = {
  readonly bump: Exclude<Bump, 'none'>;
  /** The operation's name as users write it; undefined if it concerns all operations. */
  readonly operation?: string | undefined;
  readonly text: string;
};

/** The same element in two versions of a contract. */
export type Both<T> = { readonly before: T; readonly after: T };
/** Reports one change. */
export type Tell = (bump: Change['bump'], text: string) => void;

/** The largest of several bumps. */
export const largest = (bumps: readonly Bump[]): Bump =>
  bumps.reduce<Bump>((most, bump) => (BUMPS.indexOf(bump) > BUMPS.indexOf(most) ? bump : most), 'none');

/** The larger bump of both sides, if a package serves both. */
export function forRole(role: Role, caller: Change['bump'], receiver: Change['bump']): Change['bump'] {
  if (role === 'caller') return caller;
  return role === 'receiver' ? receiver : (largest([caller, receiver]) as Change['bump']);
}

/** Equal as JSON, in any order of properties. */
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
