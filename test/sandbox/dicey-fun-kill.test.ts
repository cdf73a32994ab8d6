import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type Store } from '@countersign/runtime/store';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { diceyFunOf, type WalletRecord } from './dicey-fun-http.ts';
import {
  type ProcessOptions,
  type SandboxProcess,
  startPostgres,
  startProcess,
  type TestPostgres,
} from './harness/index.ts';

const KILLS = 10;
const PLAYERS = Array.from({ length: 8 }, (_, index) => `kill player ${index}`);

/**
 * Credits coins until told to stop, no amount twice, and writes down each record that was answered. A call that fails
 * because its process died was not acknowledged, and may or may not have happened.
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

async function killUnderLoad(count: number, options: ProcessOptions): Promise<readonly WalletRecord[]> {
  const processes: SandboxProcess[] = [];
  for (let index = 0; index < count; index += 1) processes.push(await startProcess(options));
  const first = await diceyFunOf(processes[0] as SandboxProcess);
  for (const player of PLAYERS) await first.create(player);
  const ledger: WalletRecord[] = [];
  let running = true;
  const pick = (): SandboxProcess => processes[Math.floor(Math.random() * count)] as SandboxProcess;
  const loads = PLAYERS.map((_, player) => load(player, pick, ledger, () => running));
  try {
    for (let kill = 0; kill < KILLS; kill += 1) {
      const before = ledger.length;
      // Killed amid work: after some transfers were acknowledged since the last time.
      while (ledger.length < before + 20) await new Promise((resolve) => setTimeout(resolve, 5));
      const victim = kill % count;
      await processes[victim]?.kill();
      processes[victim] = await startProcess(options);
    }
  } finally {
    running = false;
    await Promise.all(loads);
    for (const process of processes) expect(await process.stop()).toBe(0);
  }
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
  expect(ledger.length).toBeGreaterThanOrEqual(KILLS * 20);
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

describe('kill -9 under transfers, ten times: nothing acknowledged is lost or doubled', () => {
  let postgres: TestPostgres;
  let folder: string;
  beforeAll(async () => {
    postgres = await startPostgres();
    folder = await mkdtemp(join(tmpdir(), 'countersign-kill-'));
  }, 60_000);
  afterAll(async () => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test('two processes on PostgreSQL', { timeout: 300_000 }, async () => {
    const url = await postgres.createDatabase();
    const ledger = await killUnderLoad(2, { providers: ['dicey-fun'], databaseUrl: url });
    const store = await openStore({ url });
    await expectKept(ledger, store);
    await store.close();
  });

  test('one process on PGlite', { timeout: 300_000 }, async () => {
    const ledger = await killUnderLoad(1, { providers: ['dicey-fun'], folder });
    const store = await openStore({ folder });
    await expectKept(ledger, store);
    await store.close();
  });
});
