import type { Database } from '@countersign/runtime/store';
import { eq, sql } from 'drizzle-orm';
import { hashSecret } from '../secrets.ts';
import { apps } from './tables.ts';

export type App = { readonly id: number };

/** Milliseconds. */
const MAX_AGE = 5000;
/** Maximum number of cached games. */
const REMEMBERED = 1000;

export type Apps = ReturnType<typeof createApps>;

/** The games that have an app key. */
export function createApps(db: Database) {
  const byKey = db
    .select({ id: apps.id })
    .from(apps)
    .where(eq(apps.keyHash, sql.placeholder('hash')))
    .prepare('plattr_find_app');
  const known = new Map<string, { readonly app: App; readonly readAt: number }>();
  return {
    add: (name: string, key: string) => db.insert(apps).values({ name, keyHash: hashSecret(key) }),
    /** The game of a key. It is cached for some seconds, because each call needs it and it seldom changes. */
    async find(key: string): Promise<App | undefined> {
      const hash = hashSecret(key);
      const remembered = known.get(hash);
      if (remembered !== undefined && Math.abs(Date.now() - remembered.readAt) < MAX_AGE) return remembered.app;
      const [app] = await byKey.execute({ hash });
      known.delete(hash);
      if (known.size >= REMEMBERED) known.clear();
      if (app !== undefined) known.set(hash, { app, readAt: Date.now() });
      return app;
    },
  };
}
