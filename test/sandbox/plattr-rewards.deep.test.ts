import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  openPostgres,
  type ProcessOptions,
  type SandboxProcess,
  startProcess,
  startProcesses,
  type TestPostgres,
  together,
} from './harness/index.ts';
import { plattrUser } from './plattr-http.ts';

const KILLS = 10;
const USERS = 4;
const star = [{ key: 'star', value: '1', command: 'inc' }];

let postgres: TestPostgres;
let folder: string;
beforeAll(async () => {
  postgres = await openPostgres();
  folder = await mkdtemp(join(tmpdir(), 'countersign-rewards-'));
});
afterAll(async () => {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

test('one reward that is applied 1,000 times in parallel by two processes is applied once', async () => {
  const databaseUrl = await postgres.createDatabase();
  const processes = await startProcesses(2, { providers: ['plattr'], databaseUrl });
  try {
    for (const round of [1, 2, 3]) {
      const user = await plattrUser(() => processes);
      const id = await user.give(0, star, `round ${round}`);
      const codes = await together(Array.from({ length: 1000 }), 1000, (_, index) => user.apply(index, id));
      expect(codes.filter((code) => code === 0)).toHaveLength(1);
      expect(codes.filter((code) => code === 2001)).toHaveLength(999);
      expect(await user.get(1, 'star')).toBe('1');
    }
  } finally {
    for (const process of processes) await process.stop();
  }
});

type Tally = { tried: number; increased: number; readonly applied: Set<number>; readonly unanswered: Set<number> };

/**
 * Each user applies each reward from two calls at once and increases a counter in parallel. A call that failed because
 * its process was killed was not acknowledged, and may or may not have taken effect.
 */
async function killUnderLoad(count: number, options: ProcessOptions): Promise<void> {
  const processes: SandboxProcess[] = [];
  for (let index = 0; index < count; index += 1) processes.push(await startProcess(options));
  let running = true;
  let acknowledged = 0;
  const loads = Array.from({ length: USERS }, async () => {
    const user = await plattrUser(() => processes);
    const tally: Tally = { tried: 0, increased: 0, applied: new Set(), unanswered: new Set() };
    while (running) {
      const random = (): number => Math.floor(Math.random() * count);
      try {
        const id = await user.give(random(), star);
        const [increased, ...codes] = await Promise.allSettled([
          user.increase(random(), 'count'),
          user.apply(random(), id),
          user.apply(random(), id),
        ]);
        tally.tried += 1;
        if (increased.status === 'fulfilled' && increased.value === 0) tally.increased += 1;
        const done = codes.filter((code) => code.status === 'fulfilled' && code.value === 0).length;
        expect(done).toBeLessThanOrEqual(1);
        if (done === 1) tally.applied.add(id);
        else if (codes.some(({ status }) => status === 'rejected')) tally.unanswered.add(id);
        acknowledged += done;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
    return { user, tally };
  });
  try {
    for (let kill = 0; kill < KILLS; kill += 1) {
      const before = acknowledged;
      while (acknowledged < before + 20) await new Promise((resolve) => setTimeout(resolve, 5));
      const victim = kill % count;
      await processes[victim]?.kill();
      processes[victim] = await startProcess(options);
    }
  } finally {
    running = false;
    await Promise.allSettled(loads);
  }
  for (const { user, tally } of await Promise.all(loads)) {
    const stars = Number(await user.get(0, 'star'));
    const counted = Number(await user.get(0, 'count'));
    // All acknowledged increments, and at most the requested number of the others.
    expect(stars).toBeGreaterThanOrEqual(tally.applied.size);
    expect(stars).toBeLessThanOrEqual(tally.applied.size + tally.unanswered.size);
    expect(counted).toBeGreaterThanOrEqual(tally.increased);
    expect(counted).toBeLessThanOrEqual(tally.tried);
    for (const id of tally.applied) expect(await user.apply(0, id)).toBe(2001);
    expect(Number(await user.get(0, 'star'))).toBe(stars);
  }
  for (const process of processes) expect(await process.stop()).toBe(0);
}

describe('kill -9 while rewards are applied, ten times: no reward is lost or doubled', () => {
  test('two processes on PostgreSQL', async () => {
    await killUnderLoad(2, { providers: ['plattr'], databaseUrl: await postgres.createDatabase() });
  });

  test('one process on PGlite', async () => {
    await killUnderLoad(1, { providers: ['plattr'], folder });
  });
});
