import { type Database, transact } from '@countersign/runtime/store';
import { asc, eq, sql } from 'drizzle-orm';
import type { Attributes, Rules } from '../rules.ts';
import { rules, users } from './tables.ts';

export type Claims = {
  rules(): Promise<Rules>;
  /** Undefined means that no user has this id. */
  attributes(userId: string): Promise<Attributes | undefined>;
  /** Replaces all rules atomically. */
  setRules(rules: Rules): Promise<void>;
  /** Replaces all attributes of a user, who is created if necessary. */
  setUser(userId: string, attributes: Attributes): Promise<void>;
};

/** Rules and users of a game, as moonpacket queries them. */
export function createClaims(db: Database): Claims {
  const all = db.select().from(rules).orderBy(asc(rules.attribute)).prepare('moonpacket_rules');
  const one = db
    .select({ attributes: users.attributes })
    .from(users)
    .where(eq(users.userId, sql.placeholder('userId')))
    .prepare('moonpacket_user');
  return {
    async rules() {
      return Object.fromEntries((await all.execute()).map(({ attribute, condition }) => [attribute, condition]));
    },
    async attributes(userId) {
      const [row] = await one.execute({ userId });
      return row?.attributes;
    },
    setRules: (next) =>
      transact(db, async (tx) => {
        await tx.delete(rules);
        const rows = Object.entries(next).map(([attribute, condition]) => ({
          attribute,
          // A copy, because Drizzle does not accept an object without a prototype.
          condition: { ...condition },
        }));
        if (rows.length > 0) await tx.insert(rules).values(rows);
      }),
    async setUser(userId, given) {
      const attributes = { ...given };
      await db
        .insert(users)
        .values({ userId, attributes })
        .onConflictDoUpdate({ target: users.userId, set: { attributes } });
    },
  };
}
