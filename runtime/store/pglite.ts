import { join } from 'node:path';
import type { Database } from './database.ts';
import { lockFolder } from './lock-folder.ts';

export type Opened = { readonly db: Database; readonly close: () => Promise<void> };

/** @param folder undefined: in memory */
export async function openPGlite(folder: string | undefined): Promise<Opened> {
  const [{ PGlite }, { drizzle }] = await Promise.all([import('@electric-sql/pglite'), import('drizzle-orm/pglite')]);
  const unlock = folder === undefined ? undefined : await lockFolder(folder);
  try {
    const client = await PGlite.create(folder === undefined ? {} : { dataDir: join(folder, 'pglite') });
    return {
      db: drizzle({ client }) as unknown as Database,
      close: async () => {
        await client.close();
        await unlock?.();
      },
    };
  } catch (error) {
    await unlock?.();
    throw error;
  }
}
