import { valueAt } from '../contract/index.ts';
import { within } from './deadline.ts';
import { timeLeft } from './run.ts';
import type { Feature } from './types.ts';

/** Checks with the provider whether a call took effect before it is sent again (`x-cs-retry` with `confirm`). */
export const confirming: Feature = {
  async watch(run) {
    const { retry } = run.operation;
    if (typeof retry !== 'object' || !('confirm' in retry)) return undefined;
    const { watch } = await import('./confirm.ts');
    return watch(run, retry.confirm, { valueAt, within, timeLeft });
  },
};
