import { randomUUID } from 'node:crypto';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Claim, DeliveryStore, KeptResponse } from '../server/index.ts';
import type { Database } from './database.ts';
import { deliveries } from './tables.ts';

/** Options of a delivery store. */
export type DeliveryOptions = {
  /**
   * Seconds after which the claim of a process that ended expires. A running process renews its claim, so a handler may
   * take longer. Default 60.
   */
  readonly lease?: number;
};

/**
 * Creates a delivery store in the database, so that only one of all processes handles a message. It uses the clock of
 * the database.
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
    // This is one statement, so that of two concurrent claims of a message, the second waits for the first and then
    // finds it.
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

  const read = async (key: string): Promise<KeptResponse | undefined> => {
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
      // If a renewal fails, the next one is in time.
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
        // PostgreSQL does not store a text that contains a NUL.
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
      const response = await read(key);
      return response ? { state: 'done', response } : { state: 'running' };
    },
  };
}
