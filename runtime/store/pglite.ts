import { existsSync } from 'node:fs';
import { chmod, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from './database.ts';
import { lockFolder } from './lock-folder.ts';

/** A database connection and a function that closes it. */
export type Opened = {
  readonly db: Database;
  /** The same database without a query timeout: for migrations and seeds. */
  readonly setup: Database;
  readonly close: () => Promise<void>;
};

/**
 * Removes the permissions of other users from the files of PGlite, which every user may write regardless of the umask.
 * The folder protects the files that are created later.
 */
async function closeFiles(folder: string): Promise<void> {
  await chmod(folder, 0o700);
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    await chmod(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o700 : 0o600);
  }
}

type Client = import('@electric-sql/pglite').PGlite;
type Create = (options?: { readonly loadDataDir: Blob }) => Promise<Client>;

/** Number of new databases that this process has created. */
let made = 0;
/** The files of an empty database, about 40 MB. They are kept only in a process that creates several databases. */
let empty: Promise<Blob> | undefined;

/** Creates a database from the files of an empty one, which takes a quarter of the time of PostgreSQL's `initdb`. */
async function createNew(create: Create): Promise<Client> {
  made++;
  if (made === 1) return create();
  if (empty) return create({ loadDataDir: await empty });
  const client = create();
  empty = client.then((first) => first.dumpDataDir('none'));
  empty.catch(() => {
    empty = undefined;
  });
  await empty;
  return client;
}

/**
 * Opens an embedded database.
 * @param folder the folder of its files; undefined: in memory
 */
export async function openPGlite(folder: string | undefined): Promise<Opened> {
  const [{ PGlite }, { drizzle }] = await Promise.all([import('@electric-sql/pglite'), import('drizzle-orm/pglite')]);
  const unlock = folder === undefined ? undefined : await lockFolder(folder);
  try {
    const dataDir = folder === undefined ? undefined : join(folder, 'pglite');
    const create: Create = (options) => PGlite.create({ ...(dataDir !== undefined && { dataDir }), ...options });
    const client = dataDir !== undefined && existsSync(dataDir) ? await create() : await createNew(create);
    if (dataDir !== undefined) await closeFiles(dataDir);
    // Both drivers have the type Database. The differences between their types are never used.
    const db = drizzle({ client }) as unknown as Database;
    return {
      db,
      setup: db,
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
