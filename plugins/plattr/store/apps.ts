import type { Database } from '@countersign/runtime/store';
import { eq, sql } from 'drizzle-orm';
import { hashSecret } from '../secrets.ts';
import { apps } from './tables.ts';

export type Apps = ReturnType<typeof createApps>;

/** The games that have an app key. */
export function createApps(db: Database) {
  const byKey = db
    .select({ id: apps.id })
    .from(apps)
    .where(eq(apps.keyHash, sql.placeholder('hash')))
    .prepare('plattr_find_app');
  return {
    add: (name: string, key: string) => db.insert(apps).values({ name, keyHash: hashSecret(key) }),
    find: async (key: string): Promise<{ readonly id: number } | undefined> =>
      (await byKey.execute({ hash: hashSecret(key) }))[0],
  };
}
