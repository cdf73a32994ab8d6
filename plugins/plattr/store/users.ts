import { type Database, errorCode, transact } from '@countersign/runtime/store';
import { and, eq, sql } from 'drizzle-orm';
import { mails, rewards, scores, sessions, userData, users } from './tables.ts';

export type Subject = {
  readonly appId: number;
  readonly kind: 'device' | 'naver';
  /** A value for an index: a hash, or the result of `indexKey`. */
  readonly subject: string;
};

export type Users = ReturnType<typeof createUsers>;

export function createUsers(db: Database) {
  const find = async ({ appId, kind, subject }: Subject): Promise<number | undefined> => {
    const own = and(eq(users.appId, appId), eq(users.kind, kind), eq(users.subject, subject));
    return (await db.select({ id: users.id }).from(users).where(own))[0]?.id;
  };
  return {
    /** The id of the user, who is created if necessary. @param now milliseconds since 1970 */
    async findOrCreate(who: Subject, now: number): Promise<number> {
      const found = await find(who);
      if (found !== undefined) return found;
      // Of several concurrent first logins, one inserts the user, and the others find it.
      await db
        .insert(users)
        .values({ ...who, createdAt: now })
        .onConflictDoNothing();
      const made = await find(who);
      if (made === undefined) throw new Error('A user withdrew while being made');
      return made;
    },

    /** Withdrawal: deletes everything about the user. False: the user does not exist. */
    withdraw: (userId: number): Promise<boolean> =>
      transact(db, async (tx) => {
        // Later writes for the user wait, and then find that the user no longer exists.
        const { rows } = await tx.execute(sql`SELECT 1 AS one FROM ${users} WHERE id = ${userId} FOR UPDATE`);
        if (rows.length === 0) return false;
        await tx.execute(sql`
          WITH gone AS (DELETE FROM ${scores} WHERE user_id = ${userId} RETURNING leaderboard_id, sort_key)
          INSERT INTO plattr.score_changes (leaderboard_id, sort_key, amount)
          SELECT leaderboard_id, sort_key, -1 FROM gone`);
        await tx.delete(mails).where(eq(mails.userId, userId));
        await tx.delete(rewards).where(eq(rewards.userId, userId));
        await tx.delete(userData).where(eq(userData.userId, userId));
        await tx.delete(sessions).where(eq(sessions.userId, userId));
        await tx.delete(users).where(eq(users.id, userId));
        return true;
      }),
  };
}

/** Within a transaction: locks the user's data until it ends. False: the user has withdrawn. */
export async function lockUser(tx: Database, userId: number): Promise<boolean> {
  const { rows } = await tx.execute(sql`SELECT 1 AS one FROM ${users} WHERE id = ${userId} FOR NO KEY UPDATE`);
  return rows.length === 1;
}

const FOREIGN_KEY_VIOLATION = '23503';

/** The result of `work`, or undefined if the user withdrew before it wrote. */
export async function unlessGone<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (errorCode(error) === FOREIGN_KEY_VIOLATION) return undefined;
    throw error;
  }
}
