import type { HiveHandlers } from '../../../generated/hive/src/server.ts';
import { isLocalDate } from '../local-date.ts';
import type { Services } from '../services.ts';

export const pushSuspensions: HiveHandlers<Services>['pushSuspensions'] = async ({ body }, { services }) => {
  for (const [row, suspension] of body.data.entries()) {
    for (const field of ['start_date', 'end_date'] as const) {
      if (isLocalDate(suspension[field])) continue;
      const message = `/data/${row}/${field}: must be a date of the calendar as YYYY-MM-DD HH:mm:ss`;
      return { error: { code: 1, message } };
    }
  }
  await services.receive(body.game_index, body.data);
  return { data: { result_code: 0 } };
};
