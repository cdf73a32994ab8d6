import { fileURLToPath, pathToFileURL } from 'node:url';
import { migrate, type Store, transact } from '@countersign/runtime/store';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createServices } from '../../plugins/plattr/create-services.ts';
import type { Services } from '../../plugins/plattr/services.ts';
import { CAPACITY, LEVELS } from '../../plugins/plattr/store/buckets.ts';
import { rebuildBuckets } from '../../plugins/plattr/store/split-buckets.ts';
import { openTestStores, type TestStore, together } from './harness/index.ts';

const folder = pathToFileURL(fileURLToPath(new URL('../../plugins/plattr/store/migrations/', import.meta.url)));
const BOARD = 'b';

type Entry = { readonly userId: number; readonly score: number };

/** The definition of ranks, in the simplest code. */
function naive(entries: readonly Entry[], { min = -Infinity, max = Infinity }: { min?: number; max?: number }) {
  const inRange = entries.filter(({ score }) => score >= min && score <= max);
  const rankOf = (score: number): number => 1 + inRange.filter((other) => other.score > score).length;
  return {
    count: inRange.length,
    rankOf,
    list: inRange
      .toSorted((a, b) => b.score - a.score || a.userId - b.userId)
      .map(({ userId, score }) => ({ userId, value: score, rank: rankOf(score) })),
  };
}

async function open(store: Store): Promise<{ services: Services; appId: number }> {
  await migrate(store.db, { name: 'plattr', folder });
  const services = createServices(store.db, { naver: async () => undefined });
  await services.apps.add('test', 'key');
  const app = await services.apps.find('key');
  return { services, appId: app?.id ?? 0 };
}

let opened: Awaited<ReturnType<typeof openTestStores>>;
beforeAll(async () => {
  opened = await openTestStores();
});
afterAll(() => opened.close());

describe.each(['PGlite', 'PostgreSQL'])('ranks on %s', (name) => {
  const storeOf = (): TestStore['store'] => {
    const found = opened.stores.find((store) => store.name === name);
    if (found === undefined) throw new Error(`No ${name}`);
    return found.store;
  };

  test('equal a plain count, while scores are added, rise and are removed', async () => {
    const store = storeOf();
    const { services, appId } = await open(store);
    const { users, scores, ranking } = services;
    const random = fc.sample(
      fc.record({
        user: fc.integer({ min: CAPACITY + 20, max: 1199 }),
        // Clustered, so that buckets fill and scores tie, with outliers of every size and sign.
        score: fc.oneof(
          { weight: 6, arbitrary: fc.integer({ min: 0, max: 500 }) },
          { weight: 2, arbitrary: fc.integer({ min: -50, max: 50 }).map((n) => n / 8) },
          { weight: 1, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
        ),
      }),
      { numRuns: 2500, seed: 5 },
    );
    const ids = await together(Array.from({ length: 1200 }), 4, (_, index) =>
      users.findOrCreate({ appId, kind: 'device', subject: `device ${index}` }, 0),
    );
    const best = new Map<number, number>();
    // More equal scores than a bucket holds, so that the tree reaches down to a single key.
    for (const userId of ids.slice(0, CAPACITY + 50)) {
      await scores.submit({ appId, leaderboard: BOARD, userId, score: 77 });
      best.set(userId, 77);
    }
    await together(random, 8, async ({ user, score }) => {
      const userId = ids[user] ?? 0;
      await scores.submit({ appId, leaderboard: BOARD, userId, score });
      best.set(userId, Math.max(best.get(userId) ?? -Infinity, score + 0));
    });
    for (const userId of [...best.keys()].filter((_, index) => index % 12 === 0)) {
      await users.withdraw(userId);
      best.delete(userId);
    }

    const check = async (): Promise<void> => {
      const entries = [...best].map(([userId, score]) => ({ userId, score }));
      const ranges = [
        {},
        { min: 100 },
        { max: 250 },
        { min: 100, max: 250 },
        { min: -1e300, max: 0 },
        { min: 3, max: 2 },
      ];
      for (const range of ranges) {
        const want = naive(entries, range);
        for (const { userId, score } of entries.filter((_, index) => index % 40 === 0)) {
          const inRange = want.list.some((entry) => entry.userId === userId);
          const own = inRange ? { scores_count: want.count, value: score, rank: want.rankOf(score) } : undefined;
          expect(await ranking.own(appId, BOARD, userId, range)).toEqual(own);
        }
        for (const from of [1, 2, 11, 300, 301, want.count - 3, want.count, want.count + 1, 1e12]) {
          if (from < 1) continue;
          const got = await ranking.list(appId, BOARD, { from, to: from + 14, range });
          expect(got).toEqual(want.list.slice(from - 1, from + 9));
        }
      }
    };
    const splits = async (): Promise<number> => {
      const { rows } = await store.db.execute<{ n: number }>(
        sql`SELECT count(*)::int AS n FROM plattr.score_buckets WHERE split`,
      );
      return rows[0]?.n ?? 0;
    };
    await check();
    expect(await splits()).toBeGreaterThan(LEVELS);
    await transact(store.db, (tx) => rebuildBuckets(tx, 1));
    await check();
    expect(await splits()).toBeGreaterThan(LEVELS);
  });

  test('are empty for a leaderboard without scores', async () => {
    const { ranking } = createServices(storeOf().db, { naver: async () => undefined });
    expect(await ranking.list(1, 'none', { from: 1, to: 10, range: {} })).toEqual([]);
    expect(await ranking.own(1, 'none', 1, {})).toBeUndefined();
  });
});
