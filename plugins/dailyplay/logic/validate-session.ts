import type { DailyplayHandlers } from '../../../generated/dailyplay/src/server.ts';
import type { Services } from '../services.ts';
import type { SessionRow } from '../store/sessions.ts';

function statusOf({ consumedAt, expiresAt }: SessionRow, now: number): 'active' | 'consumed' | 'expired' {
  if (consumedAt !== null) return 'consumed';
  return expiresAt.getTime() > now ? 'active' : 'expired';
}

export const validateSession: DailyplayHandlers<Services>['validateSession'] = async ({ query }, context) => {
  const row = await context.services.sessions.find(query.token);
  if (row === undefined) return { error: { code: 404, message: 'Session not found' } };
  const status = statusOf(row, context.now);
  return {
    data: {
      valid: status === 'active',
      status,
      stream_id: row.streamId,
      game_id: row.gameId,
      expires_at: row.expiresAt.toISOString(),
      external_ref: row.externalRef,
      metadata: row.metadata,
    },
  };
};
