import type { OperationDescriptor } from '@countersign/runtime/contract';
import { asCodes, asWord } from './as-code.ts';
import { forRole, type Role, type Tell } from './types.ts';

type Secured = Pick<OperationDescriptor, 'security' | 'scopes'>;

/** One alternative of `security`: its schemes as text, and its scopes by scheme. */
type Way = { readonly schemes: string; readonly scopes: { readonly [scheme: string]: readonly string[] } };

/** Compares the credentials that an operation accepts, and the scopes that it requires. */
export function compareRequirements(before: Secured, after: Secured, end: Role, tell: Tell): void {
  const [old, now] = [waysOf(before), waysOf(after)];
  const has = (ways: readonly Way[], schemes: string): boolean => ways.some((way) => way.schemes === schemes);
  const schemesOf = (ways: readonly Way[]): readonly string[] => [...new Set(ways.map(({ schemes }) => schemes))];
  const lost = schemesOf(old).filter((schemes) => !has(now, schemes));
  const won = schemesOf(now).filter((schemes) => !has(old, schemes));
  if (lost.length > 0) tell('major', `no longer accepts ${lost.join(', or ')}, but ${schemesOf(now).join(', or ')}`);
  else if (won.length > 0) tell(forRole(end, 'minor', 'major'), `also accepts ${won.join(', or ')}`);
  for (const schemes of schemesOf(now)) {
    const [past, present] = [old, now].map((ways) => ways.filter((way) => way.schemes === schemes));
    if (past && present && past.length > 0) compareScopes(past, present, end, tell);
  }
}

function waysOf({ security, scopes = [] }: Secured): readonly Way[] {
  if (security.length === 0) return [{ schemes: 'nothing', scopes: {} }];
  return security.map((schemes, at) => ({
    schemes: schemes.toSorted().map(asWord).join(' + ') || 'nothing',
    scopes: scopes[at] ?? {},
  }));
}

/** Whether a token that is accepted by one alternative always has the scopes of the other. */
const includes = (one: Way, other: Way): boolean =>
  Object.entries(other.scopes).every(([scheme, asked]) => asked.every((scope) => one.scopes[scheme]?.includes(scope)));

/** Compares alternatives with the same schemes. A token needs the scopes of one of them. */
function compareScopes(before: readonly Way[], after: readonly Way[], end: Role, tell: Tell): void {
  const isStricter = before.some((was) => !after.some((is) => includes(was, is)));
  const isLooser = after.some((is) => !before.some((was) => includes(is, was)));
  if (!isStricter && !isLooser) return;
  const bump =
    isStricter && isLooser ? 'major' : isStricter ? forRole(end, 'major', 'minor') : forRole(end, 'minor', 'major');
  tell(bump, `requires ${wordsOf(after)}, before ${wordsOf(before, false)}`);
}

/** The scopes of alternatives, with their schemes. */
function wordsOf(ways: readonly Way[], isNamed = true): string {
  const all = ways.map(({ scopes }) =>
    Object.entries(scopes)
      .map(([scheme, asked]) => `${asCodes(asked)}${isNamed ? ` of ${asWord(scheme)}` : ''}`)
      .join(' and '),
  );
  const named = all.map((each) => each || 'none').join(', or ');
  return isNamed && named !== 'none' ? `the scopes ${named}` : named;
}
