import type { EnvelopeDescriptor } from '@countersign/runtime/contract';
import { asCode } from './as-code.ts';
import { type Change, sameJson } from './types.ts';

/**
 * Compares how responses report the result of a call. A program may match every schema and still misread the result.
 */
export function compareEnvelopes(before: EnvelopeDescriptor, after: EnvelopeDescriptor): readonly Change[] {
  const changes: Change[] = [];
  const tell = (bump: Change['bump'], text: string): void => void changes.push({ bump, text });
  const shown = (value: unknown): string => (value === undefined ? 'nowhere' : asCode(JSON.stringify(value)));
  for (const [name, what] of [
    ['code', 'The code of a response is at'],
    ['success', 'Success is'],
    ['data', 'The data of a response is at'],
    ['message', 'The message of a response is at'],
    ['status', 'Errors in the body have HTTP status'],
  ] as const) {
    if (!sameJson(before[name], after[name]))
      tell('major', `${what} ${shown(after[name])}, no longer ${shown(before[name])}`);
  }
  for (const [name, what] of [
    ['ok', 'Successful'],
    ['failure', 'Failed'],
  ] as const) {
    if (!sameJson(before[name], after[name])) tell('major', `${what} responses have different fixed properties`);
  }
  compareErrors(before, after, tell);
  for (const [fault, code] of Object.entries(after.faults)) {
    const was = before.faults[fault as keyof typeof after.faults];
    if (was !== code)
      tell('major', `A server rejects ${asCode(fault)} with ${asCode(code)}, no longer with ${asCode(was)}`);
  }
  return changes;
}

function compareErrors(
  before: EnvelopeDescriptor,
  after: EnvelopeDescriptor,
  tell: (bump: Change['bump'], text: string) => void,
): void {
  for (const [code, { name }] of Object.entries(before.errors)) {
    if (after.errors[code] === undefined) tell('major', `The code ${asCode(code)} (${asCode(name)}) was removed`);
  }
  for (const [code, now] of Object.entries(after.errors)) {
    const was = before.errors[code];
    if (was === undefined) {
      tell('minor', `The code ${asCode(code)} is now ${asCode(now.name)}`);
      continue;
    }
    if (was.name !== now.name)
      tell('major', `The code ${asCode(code)} is ${asCode(now.name)}, no longer ${asCode(was.name)}`);
    if (was.status !== now.status) tell('major', `The code ${asCode(code)} has a different HTTP status`);
    if (was.retry !== now.retry)
      tell('minor', `The code ${asCode(code)} ${now.retry ? 'may now be retried' : 'is no longer retried'}`);
    if (was.clockSkew !== now.clockSkew) tell('minor', `The code ${asCode(code)} has a different text for clock skew`);
    if (was.description !== now.description) tell('patch', `The code ${asCode(code)} has a new description`);
  }
}
