import { sql } from 'drizzle-orm';
import type { ReplayStore } from '../server/index.ts';
import type { Database } from './database.ts';
import { counters, replays } from './tables.ts';

/**
 * Creates a replay store in the database, so that all processes reject the same replay. It uses the clock of the
 * database.
 *
 * @example
 * ```ts
 * const { db } = await openStore({ url: process.env.DATABASE_URL });
 * const replayStore = createReplayStore(db);
 * ```
 */
export function createReplayStore(db: Database): Required<ReplayStore> {
  const expiry = sql`now() + make_interval(secs => ${sql.placeholder('ttl')})`;
  // This is one statement, so that of two concurrent uses of a key, the second waits for the first and then finds it.
  const use = db
    .insert(replays)
    .values({ key: sql.placeholder('key'), expiresAt: expiry as never })
    .onConflictDoUpdate({
      target: replays.key,
      set: { expiresAt: sql`excluded.expires_at` },
      setWhere: sql`${replays.expiresAt} <= now()`,
    })
    .returning({ key: replays.key })
    .prepare('countersign_replay_use');
  const advance = db
    .insert(counters)
    .values({ key: sql.placeholder('key'), last: sql.placeholder('number') })
    .onConflictDoUpdate({
      target: counters.key,
      set: { last: sql`excluded.last` },
      setWhere: sql`${counters.last} < excluded.last`,
    })
    .returning({ key: counters.key })
    .prepare('countersign_replay_advance');
  return {
    async use(key, ttlSeconds) {
      const rows = await use.execute({ key, ttl: ttlSeconds });
      return rows.length === 1;
    },
    async advance(key, number) {
      const rows = await advance.execute({ key, number });
      return rows.length === 1;
    },
  };
}
