import type { OAuthDescriptor, OAuthFlowDescriptor, OAuthFlowName } from '@countersign/runtime/contract';
import { asCode, asCodes } from './as-code.ts';
import type { Tell } from './types.ts';

const URLS = ['tokenUrl', 'refreshUrl', 'authorizationUrl', 'deviceAuthorizationUrl'] as const;

/**
 * Compares flows, endpoints and scopes, from which clients get their tokens. Callers with their own tokens are not
 * affected.
 */
export function compareOAuth(
  before: OAuthDescriptor | undefined,
  after: OAuthDescriptor | undefined,
  tell: Tell,
): void {
  if (after === undefined) {
    if (before !== undefined) tell('major', 'no longer has OAuth flows');
    return;
  }
  if (before === undefined) {
    tell('minor', 'has OAuth flows');
    return;
  }
  const names = [...new Set([...Object.keys(before.flows), ...Object.keys(after.flows)])] as readonly OAuthFlowName[];
  for (const name of names) {
    const [was, is] = [before.flows[name], after.flows[name]];
    if (is === undefined) tell('major', `the flow ${asCode(name)} was removed`);
    else if (was === undefined) tell('minor', `the flow ${asCode(name)} is new`);
    else compareFlow(name, was, is, tell);
  }
  if (before.metadataUrl === after.metadataUrl) return;
  const isNew = before.metadataUrl === undefined;
  tell(isNew ? 'minor' : 'major', isNew ? 'has metadata' : 'has its metadata at a different URL, or none');
}

function compareFlow(name: string, before: OAuthFlowDescriptor, after: OAuthFlowDescriptor, tell: Tell): void {
  for (const url of URLS) {
    const [was, is] = [before[url], after[url]];
    if (was === is) continue;
    const isNew = was === undefined;
    tell(
      isNew ? 'minor' : 'major',
      `${asCode(url)} of ${asCode(name)} is ${asCode(is ?? 'absent')}, before ${asCode(was ?? 'absent')}`,
    );
  }
  const removed = before.scopes.filter((scope) => !after.scopes.includes(scope));
  const added = after.scopes.filter((scope) => !before.scopes.includes(scope));
  if (removed.length > 0) tell('major', `${asCode(name)} no longer has the scopes ${asCodes(removed)}`);
  if (added.length > 0) tell('minor', `${asCode(name)} has the new scopes ${asCodes(added)}`);
}
