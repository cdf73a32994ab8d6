import { createKeeper, migrate, openStore } from '@countersign/runtime/store';
import { sandbox } from './sandbox.ts';
import { createGameTable, type GameTable } from './store/game-table.ts';

export type GameTableOptions = {
  /** `postgres://…`; without it the database is embedded. */
  readonly databaseUrl?: string | undefined;
  readonly folder: string;
};

/** The game table of a store, migrated and seeded if it is new. */
export async function openGameTable({
  databaseUrl,
  folder,
}: GameTableOptions): Promise<{ readonly games: GameTable; close(): Promise<void> }> {
  const store = await openStore({ url: databaseUrl, folder });
  try {
    await migrate(store.db, {
      name: 'dicey-fun',
      folder: sandbox.migrations,
      seed: (db) => sandbox.seed({ db, keeper: createKeeper(db, 'dicey-fun'), now: Date.now() }),
    });
    return { games: createGameTable(store.db), close: store.close };
  } catch (error) {
    await store.close();
    throw error;
  }
}
