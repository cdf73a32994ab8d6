import { expect } from 'vitest';
import { limit } from '../../run/slowness.ts';
import { type Fate, losingWallet, walletClient } from './losing-wallet.ts';

const FATES: readonly Fate[] = [
  'fine',
  'fine',
  'fine',
  'lost',
  'lost-silently',
  'response-lost',
  'response-lost-silently',
  'late',
  'failed',
  'applied-and-failed',
];

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Sends transfers through a network that loses requests and responses, and compares the client's reports with the
 * provider's actions. With `alike`, several equal calls run concurrently.
 */
export async function proveTransfers({ count, seed, alike }: { count: number; seed: number; alike: boolean }) {
  const random = randomOf(seed);
  const wallet = await losingWallet(() => FATES[Math.floor(random() * FATES.length)] ?? 'fine', {
    listFails: () => random() < 0.1,
  });
  try {
    const client = walletClient({ baseUrl: wallet.url, timeout: { attempt: 250, call: 600_000 } });
    const tasks = Array.from({ length: count }, (_, i) =>
      alike ? { username: `p${Math.floor(i / 4)}`, coin: 100 } : { username: `p${i % 7}`, coin: 1 + Math.floor(i / 7) },
    );
    const results: { task: (typeof tasks)[number]; id?: number; outcome?: string | undefined }[] = [];
    let next = 0;
    await Promise.all(
      Array.from({ length: 40 }, async () => {
        for (let task = tasks[next++]; task; task = tasks[next++]) {
          const { data, error } = await client.transfer({ body: task });
          results.push(data ? { task, id: data.id } : { task, outcome: error?.outcome });
        }
      }),
    );
    // A call that is reported as unknown may still be on its way.
    await new Promise((resolve) => setTimeout(resolve, limit(900)));

    const told = results.flatMap(({ id }) => id ?? []);
    expect(new Set(told).size).toBe(told.length);
    for (const { task, id } of results) if (id !== undefined) expect(wallet.rows[id - 1]).toMatchObject(task);
    for (const name of new Set(tasks.map(({ username, coin }) => `${username} ${coin}`))) {
      const made = wallet.rows.filter(({ username, coin }) => `${username} ${coin}` === name).length;
      const of = results.filter(({ task }) => `${task.username} ${task.coin}` === name);
      const applied = of.filter(({ id }) => id !== undefined).length;
      const unknown = of.filter(({ outcome }) => outcome === 'unknown').length;
      expect(made).toBeGreaterThanOrEqual(applied);
      expect(made).toBeLessThanOrEqual(applied + unknown);
    }
    return {
      applied: told.length,
      unknown: results.filter(({ outcome }) => outcome === 'unknown').length,
      notApplied: results.filter(({ outcome }) => outcome === 'not-applied').length,
      rows: wallet.rows.length,
    };
  } finally {
    await wallet.close();
  }
}
