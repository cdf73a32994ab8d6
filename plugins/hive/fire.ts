import { type Fire, pushRows } from '@countersign/runtime/mock/fire';
import { toLocalDate } from './local-date.ts';
import type { SuspensionRow } from './store/receive.ts';

const DAY = 86_400_000;

/**
 * Every fourth player is suspended permanently. Each of the others is suspended for a day longer than the previous one.
 */
function suspension(index: number): SuspensionRow {
  const now = Date.now();
  const permanent = index % 4 === 3;
  return {
    player_id: index + 1,
    status: permanent ? 'P' : 'B',
    start_date: toLocalDate(new Date(now), 'UTC'),
    end_date: permanent ? '9999-12-31 00:00:00' : toLocalDate(new Date(now + (1 + (index % 30)) * DAY), 'UTC'),
  };
}

/** The implementation of `mock fire hive`: pushes suspensions. */
export const fire: Fire = pushRows('pushSuspensions', suspension);
