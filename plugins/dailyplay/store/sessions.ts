import type { Database, Sweep } from '@countersign/runtime/store';
import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import { sessions } from './tables.ts';

export type SessionRow = typeof sessions.$inferSelect;

export type NewSession = {
  readonly orgId: number;
  readonly apiKeyId: number;
  readonly gameId: number | null;
  readonly streamId: number | null;
  readonly externalRef: string | null;
  readonly metadata: Record<string, unknown> | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
};

export type Sessions = {
  create(values: NewSession): Promise<SessionRow>;
  find(token: string): Promise<SessionRow | undefined>;
  /** The session for exactly one caller; undefined for all others, and if it is unknown or has expired. */
  consume(token: string, by: { readonly player: string | null; readonly at: Date }): Promise<SessionRow | undefined>;
};

export function createSessions(db: Database): Sessions {
  const byToken = db
    .select()
    .from(sessions)
    .where(eq(sessions.token, sql.placeholder('token')))
    .prepare('dailyplay_session');
  return {
    async create(values) {
      const [row] = await db
        .insert(sessions)
        .values({ ...values, token: crypto.randomUUID() })
        .returning();
      if (row === undefined) throw new Error('The new session was not returned');
      return row;
    },
    async find(token) {
      const [row] = await byToken.execute({ token });
      return row;
    },
    async consume(token, { player, at }) {
      // Concurrent calls wait for the row and then check the condition again: only one finds it unconsumed.
      const [row] = await db
        .update(sessions)
        .set({ consumedAt: at, playerUuid: player })
        .where(and(eq(sessions.token, token), isNull(sessions.consumedAt), gt(sessions.expiresAt, at)))
        .returning();
      return row;
    },
  };
}

/** A token stays stored for 30 days after its end, so that validation can report why it is invalid. */
export const sweepSessions: Sweep = async (db) => {
  const { rows } = await db.execute(sql`
    DELETE FROM dailyplay.sessions WHERE id IN (
      SELECT id FROM dailyplay.sessions WHERE expires_at <= now() - interval '30 days' LIMIT 1000
      FOR UPDATE SKIP LOCKED) RETURNING 1 AS one`);
  return rows.length;
};
