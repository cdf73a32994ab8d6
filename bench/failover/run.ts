/**
 * `npm run bench:failover`: 20 writers, two sandboxes and a PostgreSQL cluster with failover, ten failures, and a check
 * of the guarantees. If Patroni, etcd or PostgreSQL is missing, it prints how to install it.
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SandboxProcess, startProcess } from '../../test/sandbox/harness/index.ts';
import { check } from './check.ts';
import { type Cluster, findPrograms, startCluster } from './cluster.ts';
import { faults, type Ours } from './faults.ts';
import { openHistory, readHistory } from './history.ts';
import { startWriters } from './writers.ts';

const PROVIDERS = ['dicey-fun', 'dailyplay', 'plattr'];
const WRITERS = 20;
/** Limit in milliseconds from a promotion to the next successful transfer. */
const GOAL = 2_000;
const CLOCK = new URL('./shift-clock.ts', import.meta.url).href;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Checks every 50 ms which node leads and whether the server completes a transfer. */
function watchRecovery(cluster: Cluster, processes: () => readonly SandboxProcess[], mark: (what: string) => void) {
  let running = true;
  let leads: string | undefined;
  let promotedAt: number | undefined;
  const recoveries: number[] = [];
  const serves = async (): Promise<boolean> => {
    const url = processes()[0]?.providers.find(({ provider }) => provider === 'plattr')?.baseUrl;
    const key = processes()[0]?.providers.find(({ provider }) => provider === 'plattr')?.credentials[0]?.value ?? '';
    try {
      const response = await fetch(`${url}/v1/auth/anonymous`, {
        headers: { 'x-app-key': key, 'x-auth-uuid': crypto.randomUUID() },
        signal: AbortSignal.timeout(1_000),
      });
      return response.ok;
    } catch {
      return false;
    }
  };
  const loop = async () => {
    while (running) {
      const leader = await cluster.leader();
      if (leader && leads !== undefined && leader.name !== leads) {
        promotedAt = performance.now();
        mark(`${leader.name} leads`);
      }
      leads = leader?.name ?? leads;
      if (promotedAt !== undefined && (await serves())) {
        recoveries.push(performance.now() - promotedAt);
        mark('served again');
        promotedAt = undefined;
      }
      await pause(50);
    }
  };
  const done = loop();
  return {
    recoveries,
    async stop() {
      running = false;
      await done;
    },
  };
}

const programs = findPrograms();
if ('missing' in programs) {
  console.log('bench:failover needs programs that are not installed:');
  for (const line of programs.missing) console.log(`  ${line}`);
  process.exit(0);
}

const path = process.argv[2] ?? join(await mkdtemp(join(tmpdir(), 'countersign-history-')), 'history.jsonl');
const history = openHistory(path);
const cluster = await startCluster(programs);
const processes: SandboxProcess[] = [];
let exitCode = 1;
try {
  await cluster.healthy();
  const { databaseUrl } = cluster;
  processes.push(await startProcess({ providers: PROVIDERS, databaseUrl }));
  processes.push(await startProcess({ providers: PROVIDERS, databaseUrl }));
  const ours: Ours = {
    async restart(index, how, clockOff) {
      const old = processes[index];
      if (!old) return;
      await (how === 'SIGKILL' ? old.kill() : old.stop());
      if (clockOff !== undefined) process.env.NODE_OPTIONS = `--import ${CLOCK}`;
      if (clockOff !== undefined) process.env.CLOCK_OFF = String(clockOff);
      try {
        processes[index] = await startProcess({ providers: PROVIDERS, databaseUrl, port: old.port });
      } finally {
        delete process.env.NODE_OPTIONS;
        delete process.env.CLOCK_OFF;
      }
    },
  };
  const writers = await startWriters(WRITERS, () => processes, history);
  const watch = watchRecovery(cluster, () => processes, history.mark);
  await pause(5_000);
  for (const fault of faults) {
    const before = watch.recoveries.length;
    const began = performance.now();
    history.mark(fault.name);
    await fault.run(cluster, ours);
    await cluster.healthy();
    await pause(5_000);
    const recovered = watch.recoveries.slice(before).map((ms) => `${Math.round(ms)} ms`);
    console.log(
      `${fault.name}: ${((performance.now() - began) / 1_000).toFixed(0)} s${recovered.length > 0 ? `; served ${recovered.join(', ')} after a promotion` : ''}`,
    );
  }
  await watch.stop();
  await writers.stop();
  const leader = await cluster.leader();
  if (!leader) throw new Error('The cluster has no leader at the end');
  // The driver itself accepts only one host.
  const url = `postgres://postgres:postgres@127.0.0.1:${leader.forwarder.port}/postgres`;
  history.write(await writers.final(url));
  await history.close();
  const violations = check(await readHistory(path));
  const slowest = Math.max(0, ...watch.recoveries);
  console.log(`History: ${path}`);
  const { stdout } = spawnSync(process.execPath, [new URL('./check.ts', import.meta.url).pathname, path], {
    encoding: 'utf8',
  });
  console.log(stdout.trimEnd());
  console.log(`Slowest return to service after a promotion: ${Math.round(slowest)} ms (goal ${GOAL}).`);
  exitCode = violations.length === 0 && slowest <= GOAL ? 0 : 1;
} finally {
  for (const each of processes) await each.kill();
  await cluster.stop();
}
process.exit(exitCode);
