import type { DiceyFunHandlers } from '@countersign/dicey-fun/server';
import { merchantOf } from '../security.ts';
import type { Services } from '../services.ts';

type Handlers = DiceyFunHandlers<Services>;

export const getGameList: Handlers['getGameList'] = async ({ body }, { services }) => ({
  data: { game_list: await services.games.list(body?.lang ?? 'zh') },
});

export const getGameHall: Handlers['getGameHall'] = async ({ body }, context) => {
  const { gameUrl, lobbyUrl } = await merchantOf(context);
  return {
    data: {
      provider: 'Dicey Fun',
      provider_code: 'DF',
      hall_url: lobbyUrl ?? gameUrl,
      game_list: await context.services.games.list(body?.lang ?? 'zh'),
    },
  };
};

/** An unknown player is created without coins. Only the game uses the token in the URL. */
export const getGameUrl: Handlers['getGameUrl'] = async ({ body }, context) => {
  const { services, now } = context;
  const seconds = Math.floor(now / 1000);
  const lang = body.lang ?? 'zh';
  const [{ gameUrl }, player] = await Promise.all([
    merchantOf(context),
    services.players.findOrCreate(body.username, seconds),
  ]);
  const url = new URL(gameUrl);
  const visit = { playerId: player.id, lang, time: body.time ?? seconds };
  url.searchParams.set('token', await services.tokens.issueVisit(visit, now));
  url.searchParams.set('lang', lang);
  return { data: { url: url.href } };
};
