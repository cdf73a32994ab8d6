import { randomUUID } from 'node:crypto';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Claim, DeliveryStore, KeptAnswer } from '../server/index.ts';
import type { Database } from './database.ts';
import { deliveries } from './tables.ts';

/** How long a claim lasts without a sign of life. */
export type DeliveryOptions = {
  /**
   * Seconds after which a claim of an ended process expires. A running process renews its claim, so that a handler may
   * take longer. Default 60.
   */
  readonly lease?: number;
};

/**
 * Stores the ids of messages in the database, so that only one of all processes handles a message. Uses the database's
 * clock.
 *
 * @example
 * ```ts
 * const { db } = await openStore({ url: process.env.DATABASE_URL });
 * const deliveryStore = createDeliveryStore(db);
 * ```
 */
export function createDeliveryStore(db: Database, { lease = 60 }: DeliveryOptions = {}): DeliveryStore {
  const until = (seconds: number) => sql`now() + make_interval(secs => ${seconds})`;
  const free = { status: sql`NULL`, contentType: sql`NULL`, body: sql`NULL` };

  const claimFor = async (key: string, owner: string): Promise<boolean> => {
    // One statement: of two that claim the same message at once, one waits for the other and then finds it there.
    const rows = await db
      .insert(deliveries)
      .values({ key, owner, expiresAt: until(lease) as never })
      .onConflictDoUpdate({
        target: deliveries.key,
        set: { owner: sql`excluded.owner`, expiresAt: sql`excluded.expires_at`, ...free },
        setWhere: sql`${deliveries.expiresAt} <= now()`,
      })
      .returning({ key: deliveries.key });
    return rows.length === 1;
  };

  const read = async (key: string): Promise<KeptAnswer | undefined> => {
    const { status, contentType, body } = deliveries;
    const [row] = await db
      .select({ status, contentType, body })
      .from(deliveries)
      .where(and(eq(deliveries.key, key), sql`${deliveries.expiresAt} > now()`));
    if (!row || row.status === null) return undefined;
    return { status: row.status, contentType: row.contentType ?? undefined, body: row.body };
  };

  const hold = (key: string, owner: string): Claim => {
    const own = and(eq(deliveries.key, key), eq(deliveries.owner, owner), isNull(deliveries.status));
    const renew = (): void => {
      // The next renewal makes up for a failed one.
      db.update(deliveries)
        .set({ expiresAt: until(lease) as never })
        .where(own)
        .catch(() => {});
    };
    const timer = setInterval(renew, (lease * 1000) / 3);
    timer.unref();
    return {
      state: 'mine',
      async finish({ status, contentType, body }, ttlSeconds) {
        clearInterval(timer);
        // PostgreSQL has no text with a NUL in it.
        const text = body?.includes('\0') ? null : body;
        await db
          .update(deliveries)
          .set({
            status,
            contentType: text === null ? null : (contentType ?? null),
            body: text,
            expiresAt: until(ttlSeconds) as never,
          })
          .where(own);
      },
      async release() {
        clearInterval(timer);
        await db.delete(deliveries).where(own);
      },
    };
  };

  return {
    async claim(key) {
      const owner = randomUUID();
      if (await claimFor(key, owner)) return hold(key, owner);
      const answer = await read(key);
      return answer ? { state: 'done', answer } : { state: 'running' };
    },
  };
}
