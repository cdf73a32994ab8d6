import { and, eq } from 'drizzle-orm';
import type { Database } from './database.ts';
import { keptValues } from './tables.ts';

/** Stores values on which many processes must agree, such as a generated key. */
export type Keeper = {
  /**
   * Returns the value of a name. `make` is called only if there is none. If several processes call it at once, only one
   * value is stored.
   */
  keep(name: string, make: () => string | Promise<string>): Promise<string>;
};

/**
 * Creates a keeper of values that are created once, such as the demo credentials and keys of a sandbox. They are stored
 * in plain text.
 *
 * @example
 * ```ts
 * const { db } = await openStore();
 * const key = await createKeeper(db, 'hive').keep('signingKey', () => crypto.randomUUID());
 * ```
 */
export function createKeeper(db: Database, owner: string): Keeper {
  const find = async (name: string): Promise<string | undefined> => {
    const rows = await db
      .select({ value: keptValues.value })
      .from(keptValues)
      .where(and(eq(keptValues.owner, owner), eq(keptValues.name, name)));
    return rows[0]?.value;
  };
  return {
    async keep(name, make) {
      const found = await find(name);
      if (found !== undefined) return found;
      const made = await make();
      await db.insert(keptValues).values({ owner, name, value: made }).onConflictDoNothing();
      return (await find(name)) ?? made;
    },
  };
}
