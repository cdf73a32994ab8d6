import type { DailyplayHandlers } from '../../../generated/dailyplay/src/server.ts';
import type { Services } from '../services.ts';

export const consumeSession: DailyplayHandlers<Services>['consumeSession'] = async ({ body }, context) => {
  const row = await context.services.sessions.consume(body.token, {
    player: body.player_uuid ?? null,
    at: new Date(context.now),
  });
  // The three are not distinguished: a stranger must not learn which tokens there are.
  if (row === undefined) return { error: { code: 410, message: 'Session is invalid, already consumed, or expired' } };
  return {
    data: {
      session_id: row.id,
      org_id: row.orgId,
      stream_id: row.streamId,
      game_id: row.gameId,
      external_ref: row.externalRef,
      metadata: row.metadata,
    },
  };
};
