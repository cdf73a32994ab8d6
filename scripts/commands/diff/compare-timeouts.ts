import type { TimeoutDescriptor } from '@countersign/runtime/contract';
import { type Change, forRole, type Role, sameJson } from './types.ts';

/** Time limits. If `response` became shorter, a receiver that met the old limit may be late. */
export function compareTimeouts(
  before: TimeoutDescriptor | undefined,
  after: TimeoutDescriptor | undefined,
  end: Role,
  tell: (bump: Change['bump']) => void,
): void {
  if (sameJson(before, after)) return;
  const limit = (timeout: TimeoutDescriptor | undefined): number => timeout?.response ?? Number.POSITIVE_INFINITY;
  tell(limit(after) < limit(before) ? forRole(end, 'minor', 'major') : 'minor');
}
