import type { Database, Sweep } from '@countersign/runtime/store';
import { and, eq, lte, sql } from 'drizzle-orm';
import { hashSecret, makeToken } from '../secrets.ts';
import { apps, sessions, users } from './tables.ts';

/** The user of a session, and the app and device that its token was issued to. */
export type Session = {
  readonly userId: number;
  readonly appId: number;
  readonly appKeyHash: string;
  readonly deviceHash: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
};

export type Sessions = ReturnType<typeof createSessions>;

/** @param lifetime of an access token in milliseconds */
export function createSessions(db: Database, lifetime: number) {
  const byToken = db
    .select({
      userId: sessions.userId,
      appId: users.appId,
      appKeyHash: apps.keyHash,
      deviceHash: sessions.deviceHash,
      expiresAt: sessions.expiresAt,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .innerJoin(apps, eq(apps.id, users.appId))
    .where(eq(sessions.tokenHash, sql.placeholder('hash')))
    .prepare('plattr_find_session');
  return {
    /** A new access token. Earlier ones stay valid until they expire. */
    async open(userId: number, deviceHash: string, now: number): Promise<string> {
      const token = makeToken();
      await db.delete(sessions).where(and(eq(sessions.userId, userId), lte(sessions.expiresAt, now)));
      await db.insert(sessions).values({ tokenHash: hashSecret(token), userId, deviceHash, expiresAt: now + lifetime });
      return token;
    },
    find: async (token: string): Promise<Session | undefined> =>
      (await byToken.execute({ hash: hashSecret(token) }))[0],
  };
}

/** Removes expired sessions, in batches. */
export const sweepSessions =
  (clock: () => number): Sweep =>
  async (db) => {
    const { rows } = await db.execute(sql`
      DELETE FROM ${sessions} WHERE token_hash IN (
        SELECT token_hash FROM ${sessions} WHERE expires_at <= ${clock()} LIMIT 1000 FOR UPDATE SKIP LOCKED)
      RETURNING 1 AS one`);
    return rows.length;
  };
