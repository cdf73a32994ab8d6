import type { Database } from '@countersign/runtime/store';
import type { AllowList } from '../allow-list.ts';
import type { Services } from './services.ts';
import { createGames } from './store/games.ts';
import { createMerchants } from './store/merchants.ts';
import { createPlayers } from './store/players.ts';
import { createRecords } from './store/records.ts';
import { createWallet } from './store/wallet.ts';
import { createTokens } from './tokens.ts';

export type ServiceOptions = {
  readonly tokenSecret: Uint8Array;
  /** Lifetime of an auth-token in seconds. */
  readonly tokenLifetime?: number;
  /** Allowed callers, overriding the merchants' settings. */
  readonly mayCallFrom?: AllowList | undefined;
  /** Maximum age of cached merchant settings in milliseconds. */
  readonly settingsAge?: number;
};

/** Creates the services of one process's handlers. All persistent data is in the database. */
export function createServices(
  db: Database,
  { tokenSecret, tokenLifetime, settingsAge, mayCallFrom }: ServiceOptions,
): Services {
  return {
    merchants: createMerchants(db, { mayCallFrom, ...(settingsAge === undefined ? {} : { maxAge: settingsAge }) }),
    tokens: createTokens({
      secret: tokenSecret,
      ...(tokenLifetime === undefined ? {} : { lifetime: tokenLifetime }),
    }),
    players: createPlayers(db),
    wallet: createWallet(db),
    games: createGames(db),
    records: createRecords(db),
  };
}
