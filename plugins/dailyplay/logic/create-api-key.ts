import type { DailyplayHandlers } from '../../../generated/dailyplay/src/server.ts';
import { describeKey } from '../describe-key.ts';
import { clerkUserOf } from '../identity.ts';
import { parseInstant } from '../parse-instant.ts';
import type { Services } from '../services.ts';

export const createApiKey: DailyplayHandlers<Services>['createApiKey'] = async ({ body }, context) => {
  const { apiKeys, members } = context.services;
  const { org_id } = body;
  if (!(await members.has(org_id, clerkUserOf(context).userId))) {
    return { error: { code: 403, message: `You do not belong to organization ${org_id}` } };
  }
  const { key, row } = await apiKeys.create({
    orgId: org_id,
    name: body.name,
    description: body.description,
    allowedGameIds: body.allowed_game_ids,
    rateLimitPerMinute: body.rate_limit_per_minute,
    rateLimitPerDay: body.rate_limit_per_day,
    expiresAt: body.expires_at === undefined ? undefined : parseInstant(body.expires_at),
    createdAt: new Date(context.now),
  });
  return { data: { ...describeKey(row), key } };
};
