import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type Store } from '@countersign/runtime/store';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { diceyFunOf, type WalletRecord } from './dicey-fun-http.ts';
import {
  BETWEEN,
  KILLS,
  killUnderLoad,
  openPostgres,
  type ProcessOptions,
  type SandboxProcess,
  type TestPostgres,
} from './harness/index.ts';

const PLAYERS = Array.from({ length: 8 }, (_, index) => `kill player ${index}`);

/**
 * Credits coins until it is stopped, no amount twice, and records each response. A call that fails because its process
 * was killed was not acknowledged, and may or may not have taken effect.
 */
async function load(player: number, pick: () => SandboxProcess, ledger: WalletRecord[], running: () => boolean) {
  for (let amount = 1 + player; running(); amount += PLAYERS.length) {
    try {
      const { data } = await (await diceyFunOf(pick())).transfer(PLAYERS[player] ?? '', amount);
      ledger.push(data);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

async function transferUnderKills(count: number, options: ProcessOptions): Promise<readonly WalletRecord[]> {
  const ledger: WalletRecord[] = [];
  await killUnderLoad(count, options, {
    callers: PLAYERS.length,
    call: (player, pick, running) => load(player, pick, ledger, running),
    acknowledged: () => ledger.length,
    prepare: async (process) => {
      const first = await diceyFunOf(process);
      for (const player of PLAYERS) await first.create(player);
    },
  });
  return ledger;
}

async function expectKept(ledger: readonly WalletRecord[], store: Store): Promise<void> {
  const { rows } = await store.db.execute<{ id: number; coin: number; before: number; after: number; player: number }>(`
    SELECT r.id::int AS id, r.coin::int AS coin, wallet_before::int AS before, wallet_after::int AS after, player_id::int AS player
    FROM dicey_fun.dice_player_wallet_record AS r
    JOIN dicey_fun.dice_player AS p ON p.id = r.player_id AND p.username LIKE 'kill player %' ORDER BY r.id`);
  const kept = new Map(rows.map((row) => [row.id, row]));
  const lost = ledger.filter(
    ({ id, coin, wallet_after }) => kept.get(id)?.coin !== coin || kept.get(id)?.after !== wallet_after,
  );
  const doubled = [...Map.groupBy(rows, ({ coin }) => coin)].filter(([, list]) => list.length > 1);
  expect(ledger.length).toBeGreaterThanOrEqual(KILLS * BETWEEN);
  expect(lost, 'acknowledged transfers that are not there').toEqual([]);
  expect(doubled, 'transfers that are there twice').toEqual([]);
  for (const [player, list] of Map.groupBy(rows, (row) => row.player)) {
    let balance = 0;
    for (const { before, coin, after } of list) {
      expect([before, after]).toEqual([balance, balance + coin]);
      balance = after;
    }
    const { rows: found } = await store.db.execute<{ coin: number }>(
      `SELECT coin::int AS coin FROM dicey_fun.dice_player WHERE id = ${player}`,
    );
    expect(found).toEqual([{ coin: balance }]);
  }
}

describe('kill -9 during transfers, ten times: no acknowledged transfer is lost or doubled', () => {
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

  test('two processes on PostgreSQL', async () => {
    const url = await postgres.createDatabase();
    const ledger = await transferUnderKills(2, { providers: ['dicey-fun'], databaseUrl: url });
    const store = await openStore({ url });
    await expectKept(ledger, store);
    await store.close();
  });

  test('one process on PGlite', async () => {
    const ledger = await transferUnderKills(1, { providers: ['dicey-fun'], folder });
    const store = await openStore({ folder });
    await expectKept(ledger, store);
    await store.close();
  });
});
