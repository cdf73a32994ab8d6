import { buildApi } from '../../model/index.ts';
import type { Api, ExpandedDocument } from '../../model/types.ts';
import type { Recorded } from '../build/manifest.ts';
import { asCode } from './as-code.ts';
import { compareComponents } from './compare-components.ts';
import { compareEnvelopes } from './compare-envelope.ts';
import { compareOperation } from './compare-operations.ts';
import { compareSchemes } from './compare-security.ts';
import { compareServerNames } from './compare-servers.ts';
import { compareTimeouts } from './compare-timeouts.ts';
import type { Change, Role } from './types.ts';

/** The contract of a published `openapi.json`, in the form that emitters read. */
export function readContract(document: unknown, provider: string): Api {
  const locate = () => ({ file: 'openapi.json', line: 1, column: 1 });
  return buildApi({ document: document as ExpandedDocument, locate }, provider);
}

/**
 * The changes between two contracts and their effect on the version. Covers schemas, and what schemas do not show:
 * dispatch, envelope, credentials, signing, retry rule, time limits, pages, batches.
 */
export function compareContracts(before: Api, after: Api, role: Role): readonly Change[] {
  const changes: Change[] = [];
  const old = new Map(before.operations.map((operation) => [operation.operationId, operation]));
  const now = new Map(after.operations.map((operation) => [operation.operationId, operation]));
  for (const operation of old.values())
    if (!now.has(operation.operationId))
      changes.push({ bump: 'major', operation: operation.identifier, text: 'was removed' });
  for (const operation of now.values()) {
    const was = old.get(operation.operationId);
    if (was === undefined) changes.push({ bump: 'minor', operation: operation.identifier, text: 'is new' });
    else changes.push(...compareOperation({ before, after }, { before: was, after: operation }, role));
  }
  const [{ descriptor: past }, { descriptor: present }] = [before, after];
  changes.push(...compareEnvelopes(past.envelope, present.envelope));
  changes.push(...compareSchemes(before.securitySchemes, after.securitySchemes));
  if (past.baseUrl !== present.baseUrl)
    changes.push({
      bump: 'major',
      text: `Without the option baseUrl, calls go to ${asCode(present.baseUrl)}, no longer to ${asCode(past.baseUrl)}`,
    });
  compareServerNames(past.server, present.server, (bump, text) =>
    changes.push({ bump, text: text.replace(/^./, (first) => first.toUpperCase()) }),
  );
  compareTimeouts(past.timeout, present.timeout, role, (bump) =>
    changes.push({ bump, text: 'Calls have different time limits' }),
  );
  changes.push(...compareComponents({ before, after }, role));
  if (past.version !== present.version || past.title !== present.title || before.description !== after.description)
    changes.push({
      bump: 'patch',
      text: `The contract is ${asCode(present.title)} version ${asCode(present.version)}, with a new description`,
    });
  return unrepeated(changes);
}

/** Behavior of a package that no document shows: its signers, which are code, and the settings that generated it. */
export function compareRecorded(before: Partial<Recorded>, after: Recorded): readonly Change[] {
  const signers = Object.entries(after.signers).flatMap(([scheme, print]): readonly Change[] => {
    const was = before.signers?.[scheme];
    return was === undefined || was === print
      ? []
      : [{ bump: 'major', text: `${asCode(scheme)}: the same request has a different signature` }];
  });
  const { int64: was = 'number' } = before;
  const { int64: is = 'number' } = after;
  const types: readonly Change[] =
    was === is
      ? []
      : [{ bump: 'major', text: `Integers of 64 bits are of the type ${asCode(is)}, not ${asCode(was)}` }];
  if (before.unknownKeys === undefined || before.unknownKeys === after.unknownKeys) return [...signers, ...types];
  const does = after.unknownKeys === 'strip' ? 'now drop' : 'no longer drop';
  return [
    ...signers,
    ...types,
    { bump: 'major', text: `Validators ${does} properties that a schema does not declare` },
  ];
}

/** Without this, a shared schema would be reported again for each reference. */
function unrepeated(changes: readonly Change[]): readonly Change[] {
  return [...new Map(changes.map((change) => [`${change.bump} ${change.operation} ${change.text}`, change])).values()];
}
