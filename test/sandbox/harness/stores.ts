import { openStore, type Store } from '@countersign/runtime/store';
import { openPostgres } from './postgres.ts';

export type TestStore = { readonly name: string; readonly store: Store };

/** An empty store of each kind: PGlite in memory, and a real PostgreSQL. */
export async function openTestStores(): Promise<{
  readonly stores: readonly TestStore[];
  close(): Promise<void>;
}> {
  const postgres = await openPostgres();
  const stores = [
    { name: 'PGlite', store: await openStore() },
    { name: 'PostgreSQL', store: await openStore({ url: await postgres.createDatabase() }) },
  ];
  return {
    stores,
    async close() {
      for (const { store } of stores) await store.close();
      await postgres.stop();
    },
  };
}
