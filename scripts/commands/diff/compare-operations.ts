import {
  type Condition,
  type DeliveryDescriptor,
  describeCondition,
  type OperationDescriptor,
  type RetryDescriptor,
} from '@countersign/runtime/contract';
import type { Api, Operation } from '../../model/types.ts';
import { asCode, asCodes } from './as-code.ts';
import { compareParameters, compareRequestBody } from './compare-bodies.ts';
import { compareRequirements } from './compare-requirements.ts';
import { compareResponses } from './compare-responses.ts';
import { compareServerNames, withoutNames } from './compare-servers.ts';
import { compareTimeouts } from './compare-timeouts.ts';
import { compareXml } from './compare-xml.ts';
import { type Both, type Change, forRole, type Role, sameJson, type Tell } from './types.ts';

/** All differences between two versions of one operation. */
export function compareOperation(apis: Both<Api>, operations: Both<Operation>, role: Role): readonly Change[] {
  const { before, after } = operations;
  const end: Role = after.descriptor.webhook && role === 'caller' ? 'receiver' : role;
  const changes: Change[] = [];
  const tell: Tell = (bump, text) => void changes.push({ bump, operation: after.identifier, text });
  if (before.identifier !== after.identifier) tell('major', `is now called ${asCode(after.identifier)}`);
  compareWire(before.descriptor, after.descriptor, tell);
  compareRetry(before.descriptor.retry, after.descriptor.retry, tell);
  compareCodes(before.descriptor, after.descriptor, tell);
  compareDelivery(before.descriptor.delivery, after.descriptor.delivery, end, tell);
  compareFeatures(before.descriptor, after.descriptor, end, tell);
  compareParameters(apis, operations, end, tell);
  compareRequestBody(apis, operations, end, tell);
  compareResponses(apis, operations, end, tell);
  compareXml({ before: before.descriptor, after: after.descriptor }, tell);
  compareRequirements(before.descriptor, after.descriptor, end, tell);
  const words: (keyof Operation)[] = ['summary', 'description', 'inferred'];
  if (words.some((name) => before[name] !== after[name])) tell('patch', 'has a new description');
  if (!before.deprecated && after.deprecated) tell('minor', 'is deprecated');
  return changes;
}

function compareWire(before: OperationDescriptor, after: OperationDescriptor, tell: Tell): void {
  if (before.method !== after.method)
    tell('major', `is sent by ${asCode(after.method)}, no longer by ${asCode(before.method)}`);
  if (before.path !== after.path) tell('major', `has moved from ${asCode(before.path)} to ${asCode(after.path)}`);
  if (!sameJson(withoutNames(before.server), withoutNames(after.server)))
    tell('major', 'is sent to a different server');
  compareServerNames(before.server, after.server, tell);
  if (!sameJson(before.when ?? [], after.when ?? []))
    tell('major', `is selected by ${conditions(after.when)}, no longer by ${conditions(before.when)}`);
  if (!sameJson(before.unhandled, after.unhandled)) tell('minor', 'responds to unhandled events differently');
  if ((before.webhook ?? false) !== (after.webhook ?? false))
    tell('major', after.webhook ? 'is now sent to you' : 'is no longer sent to you');
  if (before.enveloped !== after.enveloped)
    tell('major', after.enveloped ? 'now responds in the envelope' : 'no longer responds in the envelope');
}

function conditions(when: readonly Condition[] | undefined): string {
  if (when === undefined || when.length === 0) return 'its path alone';
  const shown = when.map((condition) =>
    'present' in condition
      ? `${asCode(describeCondition(condition))} with any value`
      : asCode(describeCondition(condition)),
  );
  return shown.join(' and ');
}

function compareRetry(before: RetryDescriptor, after: RetryDescriptor, tell: Tell): void {
  if (sameJson(before, after)) return;
  const name = (rule: RetryDescriptor): string => {
    if (typeof rule === 'string') return asCode(rule);
    if ('confirm' in rule) return `\`confirm\` by ${asCode(rule.confirm.operation)}`;
    return `\`idempotent\` by ${rule.idempotent.key.in} ${asCode(rule.idempotent.key.name)}`;
  };
  // "At most once" is a promise that transfers of money depend on. A confirmed call keeps it.
  const isOnce = (rule: RetryDescriptor) => rule === 'never' || (typeof rule === 'object' && 'confirm' in rule);
  // An idempotency key that a caller gives and that is not sent has no effect.
  const isKeyed = typeof before === 'object' && 'idempotent' in before;
  const bump = isKeyed || (isOnce(before) && !isOnce(after)) ? 'major' : 'minor';
  tell(bump, `has the retry rule ${name(after)}, before ${name(before)}`);
}

function compareDelivery(
  before: DeliveryDescriptor | undefined,
  after: DeliveryDescriptor | undefined,
  end: Role,
  tell: Tell,
): void {
  if (sameJson(before, after)) return;
  if (!sameJson(before?.carrier, after?.carrier)) {
    const name = (delivery: DeliveryDescriptor | undefined): string =>
      delivery?.carrier ? `by ${delivery.carrier.in} ${asCode(delivery.carrier.name)}` : 'only by its signing scheme';
    // With a different id, a receiver treats a handled message as new, or a new one as handled.
    const bump = before?.carrier === undefined ? 'minor' : forRole(end, 'minor', 'major');
    tell(bump, `is recognized ${name(after)} when it is redelivered, before ${name(before)}`);
  } else tell('minor', 'has different settings for redelivered messages');
}

function compareCodes(before: OperationDescriptor, after: OperationDescriptor, tell: Tell): void {
  const lost = before.codes.filter((code) => !after.codes.includes(code));
  const won = after.codes.filter((code) => !before.codes.includes(code));
  // Programs name codes: a comparison with a removed code no longer compiles. A new code is handled like any undeclared
  // one.
  if (lost.length > 0) tell('major', `no longer fails with ${asCodes(lost)}`);
  if (won.length > 0) tell('minor', `may fail with ${asCodes(won)}`);
}

function compareFeatures(before: OperationDescriptor, after: OperationDescriptor, end: Role, tell: Tell): void {
  compareTimeouts(before.timeout, after.timeout, end, (bump) => tell(bump, 'has different time limits'));
  const [old, now] = [before.batch, after.batch];
  if (old?.items !== now?.items)
    tell(
      old === undefined ? 'minor' : 'major',
      now === undefined ? 'is no longer split into batches' : `is split into batches of ${now.max}`,
    );
  else if (old !== undefined && now !== undefined && old.max !== now.max)
    tell(
      now.max < old.max ? forRole(end, 'major', 'minor') : forRole(end, 'minor', 'major'),
      `accepts ${now.max} rows per call, before ${old.max}`,
    );
  if (!sameJson(before.page, after.page))
    tell(
      before.page === undefined ? 'minor' : 'major',
      after.page === undefined ? 'no longer has pages' : 'has different pages',
    );
}
