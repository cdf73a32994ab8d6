import type { PlattrHandlers } from '@countersign/plattr/server';
import { done, notFound, withdrawn } from '../responses.ts';
import type { Services } from '../services.ts';
import type { Session } from '../store/sessions.ts';
import { readUserData } from '../user-data.ts';

type Handlers = PlattrHandlers<Services>;

export const submitScore: Handlers['submitScore'] = async ({ path }, { services, identity }) => {
  const { appId, userId } = identity['session'] as Session;
  const { leaderboard_id: leaderboard, score } = path;
  const taken = await services.scores.submit({ appId, leaderboard, userId, score });
  return taken === undefined ? withdrawn : done;
};

/**
 * `rank_min` to `rank_max` are positions in the list, so that consecutive requests for ten positions return each score
 * once. The rank of each score is its rank in competition order.
 */
export const listScores: Handlers['listScores'] = async ({ path, query }, { services, identity }) => {
  const { appId } = identity['session'] as Session;
  const { rank_min: from, rank_max: to, range_min: min, range_max: max, user_data_key: keys } = query;
  const ranked = await services.ranking.list(appId, path.leaderboard_id, { from, to, range: { min, max } });
  const scores = await Promise.all(
    ranked.map(async ({ userId, value, rank }) => ({
      user_id: userId,
      value,
      rank,
      user_data: await readUserData(services, userId, keys),
    })),
  );
  return { data: { result_code: 0, scores } };
};

export const getMyScore: Handlers['getMyScore'] = async ({ path, query }, { services, identity }) => {
  const { appId, userId } = identity['session'] as Session;
  const range = { min: query.range_min, max: query.range_max };
  const own = await services.ranking.own(appId, path.leaderboard_id, userId, range);
  return own === undefined ? notFound : { data: { result_code: 0, ...own } };
};
