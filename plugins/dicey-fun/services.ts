import type { Games } from './store/games.ts';
import type { Merchants } from './store/merchants.ts';
import type { Players } from './store/players.ts';
import type { Records } from './store/records.ts';
import type { Wallet } from './store/wallet.ts';
import type { Tokens } from './tokens.ts';

/** The services of handlers in `context.services`. */
export type Services = {
  readonly merchants: Merchants;
  readonly tokens: Tokens;
  readonly players: Players;
  readonly wallet: Wallet;
  readonly games: Games;
  readonly records: Records;
};
