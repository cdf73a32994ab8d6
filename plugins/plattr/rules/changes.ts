import type { Values } from './conditions.ts';
import { addDecimals, formatDecimal, negate, parseDecimal } from './decimal.ts';

export type Change = {
  readonly key: string;
  readonly value: string;
  readonly command?: 'set' | 'inc' | 'dec' | undefined;
};

/** Whether every amount of `inc` and `dec` is a number. The current values are checked when the change is made. */
export function areCalculable(changes: readonly Change[]): boolean {
  return changes.every(({ command = 'set', value }) => command === 'set' || parseDecimal(value) !== undefined);
}

/**
 * Applies changes one after the other and returns the new values. A missing value counts as 0.
 *
 * @returns undefined if `inc` or `dec` finds a value that is not a number: no change may be made then
 */
export function applyChanges(changes: readonly Change[], values: Values): Values | undefined {
  const changed = new Map<string, string>();
  for (const { key, value, command = 'set' } of changes) {
    if (command === 'set') {
      changed.set(key, value);
      continue;
    }
    const current = parseDecimal(changed.get(key) ?? values.get(key) ?? '0');
    const amount = parseDecimal(value);
    if (current === undefined || amount === undefined) return undefined;
    changed.set(key, formatDecimal(addDecimals(current, command === 'inc' ? amount : negate(amount))));
  }
  return changed;
}
