import { openStore, type Store } from '@countersign/runtime/store';
import { expect } from 'vitest';
import { dailyPlayOf } from './dailyplay-http.ts';
import { BETWEEN, killUnderLoad, type ProcessOptions, type SandboxProcess } from './harness/index.ts';

const CALLERS = 8;

/** The work that servers acknowledged. */
type Ledger = { readonly created: Map<string, string>; readonly consumed: Map<string, number> };

/**
 * Creates and consumes until it is stopped, and records what was acknowledged. Half of the tokens are consumed by two
 * calls at once. A call that fails because its process was killed was not acknowledged, and may or may not have taken
 * effect.
 */
async function load(name: string, pick: () => SandboxProcess, ledger: Ledger, running: () => boolean): Promise<void> {
  for (let index = 0; running(); index += 1) {
    const reference = `${name}/${index}`;
    try {
      const token = await dailyPlayOf(pick()).create(reference);
      ledger.created.set(reference, token);
      const calls = Array.from({ length: index % 2 === 0 ? 1 : 2 }, () => dailyPlayOf(pick()).consume(token));
      for (const outcome of await Promise.allSettled(calls)) {
        if (outcome.status === 'fulfilled' && outcome.value === 200)
          ledger.consumed.set(token, (ledger.consumed.get(token) ?? 0) + 1);
      }
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

async function consumeUnderKills(count: number, kills: number, options: ProcessOptions): Promise<Ledger> {
  const ledger: Ledger = { created: new Map(), consumed: new Map() };
  await killUnderLoad(count, options, {
    kills,
    callers: CALLERS,
    call: (caller, pick, running) => load(`caller ${caller}`, pick, ledger, running),
    acknowledged: () => ledger.created.size,
  });
  return ledger;
}

async function expectKept({ created, consumed }: Ledger, kills: number, store: Store): Promise<void> {
  const { rows } = await store.db.execute<{ reference: string; token: string; consumed: boolean }>(
    'SELECT external_ref AS reference, token::text, consumed_at IS NOT NULL AS consumed FROM dailyplay.sessions',
  );
  const byReference = Map.groupBy(rows, ({ reference }) => reference);
  const lost = [...created].filter(([reference, token]) => byReference.get(reference)?.[0]?.token !== token);
  const doubled = [...byReference].filter(([, list]) => list.length > 1);
  const stored = new Set(rows.filter((row) => row.consumed).map(({ token }) => token));
  // The load created sessions between all kills.
  expect(created.size).toBeGreaterThanOrEqual(kills * BETWEEN);
  expect(lost, 'acknowledged sessions that are not there').toEqual([]);
  expect(doubled, 'sessions that are there twice').toEqual([]);
  expect(
    [...consumed].filter(([token]) => !stored.has(token)),
    'acknowledged consumes that were lost',
  ).toEqual([]);
  expect(
    [...consumed].filter(([, times]) => times > 1),
    'tokens consumed twice',
  ).toEqual([]);
}

/**
 * Kills processes during work, one after the other: no acknowledged work is lost or done twice.
 *
 * @param count of processes
 * @param kills of them, each followed by a new start
 */
export async function expectKeptUnderKills(count: number, kills: number, options: ProcessOptions): Promise<void> {
  const ledger = await consumeUnderKills(count, kills, options);
  const { databaseUrl, folder } = options;
  const store = await openStore(
    databaseUrl === undefined ? (folder === undefined ? {} : { folder }) : { url: databaseUrl },
  );
  await expectKept(ledger, kills, store);
  await store.close();
}
