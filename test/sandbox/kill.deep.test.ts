import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type Store } from '@countersign/runtime/store';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dailyPlayOf } from './dailyplay-http.ts';
import {
  BETWEEN,
  KILLS,
  killUnderLoad,
  openPostgres,
  type ProcessOptions,
  type SandboxProcess,
  type TestPostgres,
} from './harness/index.ts';

const CALLERS = 8;

/** What servers said they did. */
type Ledger = { readonly created: Map<string, string>; readonly consumed: Map<string, number> };

/**
 * Creates and consumes until told to stop, and writes down what was acknowledged. Half of the tokens are consumed by two
 * calls at once. A call that fails because its process died was not acknowledged, and may or may not have happened.
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

async function consumeUnderKills(count: number, options: ProcessOptions): Promise<Ledger> {
  const ledger: Ledger = { created: new Map(), consumed: new Map() };
  await killUnderLoad(count, options, {
    callers: CALLERS,
    call: (caller, pick, running) => load(`caller ${caller}`, pick, ledger, running),
    acknowledged: () => ledger.created.size,
  });
  return ledger;
}

async function expectKept({ created, consumed }: Ledger, store: Store): Promise<void> {
  const { rows } = await store.db.execute<{ reference: string; token: string; consumed: boolean }>(
    'SELECT external_ref AS reference, token::text, consumed_at IS NOT NULL AS consumed FROM dailyplay.sessions',
  );
  const byReference = Map.groupBy(rows, ({ reference }) => reference);
  const lost = [...created].filter(([reference, token]) => byReference.get(reference)?.[0]?.token !== token);
  const doubled = [...byReference].filter(([, list]) => list.length > 1);
  const stored = new Set(rows.filter((row) => row.consumed).map(({ token }) => token));
  // As many as were waited for.
  expect(created.size).toBeGreaterThanOrEqual(KILLS * BETWEEN);
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

describe('kill -9 under load, ten times', () => {
  let postgres: TestPostgres;
  let folder: string;

  beforeAll(async () => {
    postgres = await openPostgres();
    folder = await mkdtemp(join(tmpdir(), 'countersign-kill-'));
  });
  afterAll(async () => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test('two processes on PostgreSQL: nothing acknowledged is lost or doubled', async () => {
    const databaseUrl = await postgres.createDatabase();
    const ledger = await consumeUnderKills(2, { providers: ['dailyplay'], databaseUrl });
    const store = await openStore({ url: databaseUrl });
    await expectKept(ledger, store);
    await store.close();
  });

  test('one process on PGlite: nothing acknowledged is lost or doubled', async () => {
    const ledger = await consumeUnderKills(1, { providers: ['dailyplay'], folder });
    const store = await openStore({ folder });
    await expectKept(ledger, store);
    await store.close();
  });
});
