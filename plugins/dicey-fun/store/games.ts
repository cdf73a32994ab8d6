import type { Database } from '@countersign/runtime/store';
import { eq } from 'drizzle-orm';
import { diceGame } from './tables.ts';

export type Lang = 'zh' | 'en';

/** The columns that may leave the server, listed individually, so that a new column of the table is not sent. */
const shown = {
  provider: diceGame.provider,
  provider_code: diceGame.providerCode,
  game_code: diceGame.gameCode,
  game_key: diceGame.gameKey,
  game_type: diceGame.gameType,
  logo: diceGame.logo,
  game_url: diceGame.gameUrl,
  hall_url: diceGame.hallUrl,
  sort: diceGame.sort,
};

export type ListedGame = Awaited<ReturnType<Games['list']>>[number];
export type Games = ReturnType<typeof createGames>;

export function createGames(db: Database) {
  return {
    /** The enabled games in a language, ordered by `sort`. */
    async list(lang: Lang) {
      const rows = await db
        .select({ ...shown, game_name: lang === 'zh' ? diceGame.nameZh : diceGame.nameEn })
        .from(diceGame)
        .where(eq(diceGame.status, 1))
        .orderBy(diceGame.sort, diceGame.id);
      return rows.map((row) => ({ ...row, status: 1 as const }));
    },
  };
}
