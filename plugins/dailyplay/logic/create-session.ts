import type { DailyplayHandlers } from '../../../generated/dailyplay/src/server.ts';
import { apiKeyOf } from '../identity.ts';
import { DEEPEST, isDeeper } from '../nesting.ts';
import type { Services } from '../services.ts';

const MINUTE = 60_000;
/** Default lifetime of a session in minutes. */
const LIFETIME = 1440;

export const createSession: DailyplayHandlers<Services>['createSession'] = async ({ body }, context) => {
  const { id, orgId, allowedGameIds } = apiKeyOf(context);
  const { game_id = null, stream_id = null, external_ref = null, metadata = null } = body;
  if (allowedGameIds !== null && (game_id === null || !allowedGameIds.includes(game_id))) {
    const target = game_id === null ? `stream ${stream_id} without a game` : `game ${game_id}`;
    return { error: { code: 403, message: `API key is not allowed to use ${target}` } };
  }
  if (isDeeper(metadata, DEEPEST)) {
    return { error: { code: 400, message: `metadata: must be nested at most ${DEEPEST} levels` } };
  }
  const row = await context.services.sessions.create({
    orgId,
    apiKeyId: id,
    gameId: game_id,
    streamId: stream_id,
    externalRef: external_ref,
    metadata,
    createdAt: new Date(context.now),
    expiresAt: new Date(context.now + (body.expires_in_minutes ?? LIFETIME) * MINUTE),
  });
  return {
    data: {
      token: row.token,
      stream_id: row.streamId,
      game_id: row.gameId,
      expires_at: row.expiresAt.toISOString(),
      external_ref: row.externalRef,
    },
  };
};
