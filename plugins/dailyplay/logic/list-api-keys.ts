import type { DailyplayHandlers } from '../../../generated/dailyplay/src/server.ts';
import { describeKey } from '../describe-key.ts';
import { clerkUserOf } from '../identity.ts';
import type { Services } from '../services.ts';

export const listApiKeys: DailyplayHandlers<Services>['listApiKeys'] = async ({ query }, context) => {
  const { apiKeys, members } = context.services;
  const { org_id } = query;
  if (!(await members.has(org_id, clerkUserOf(context).userId))) {
    return { error: { code: 403, message: `You do not belong to organization ${org_id}` } };
  }
  return { data: (await apiKeys.list(org_id)).map(describeKey) };
};
