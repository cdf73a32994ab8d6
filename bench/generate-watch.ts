import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { median } from './measure.ts';

/** Medians in milliseconds, from a saved file to the last written one. */
export type WatchTimes = {
  readonly wall: number;
  /** Time of the processor in all threads; NaN on systems without `/proc`. */
  readonly cpu: number;
};

/** Saves before those that count: the first loads libraries, the next ones are compiled. */
const WARM_UP = 3;
/** Milliseconds after a run, in which the process writes its caches. */
const REST = 300;
/** The unit of `/proc/<pid>/stat` on Linux, in milliseconds. */
const TICK = 10;

function cpuOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [user = Number.NaN, system = Number.NaN] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13)
      .map(Number);
    return (user + system) * TICK;
  } catch {
    return Number.NaN;
  }
}

/**
 * Changes the title of specs while `generate --watch` runs in a workspace that is already generated.
 *
 * @param command starts it
 */
export async function timeWatch(
  command: readonly string[],
  workspace: string,
  providers: readonly string[],
  rounds: number,
): Promise<ReadonlyMap<string, WatchTimes>> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { cwd: workspace, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
  });
  const wait = async (text: string): Promise<void> => {
    while (!printed.includes(text)) {
      if (child.exitCode !== null) throw new Error(`It ended before it printed "${text}":\n${printed}`);
      await pause(1);
    }
    printed = '';
  };
  const times = new Map<string, WatchTimes>();
  try {
    await wait('Watching ');
    for (const provider of providers) {
      const spec = join(workspace, 'specs', provider, 'openapi.yaml');
      const text = await readFile(spec, 'utf8');
      const wall: number[] = [];
      const cpu: number[] = [];
      for (let round = -WARM_UP; round < rounds; round += 1) {
        await pause(REST);
        const used = cpuOf(child.pid ?? 0);
        const start = performance.now();
        await writeFile(spec, text.replace(/^( {2}title: ).*$/m, `$1Round ${round + WARM_UP}`));
        await wait('written.');
        if (round < 0) continue;
        wall.push(performance.now() - start);
        cpu.push(cpuOf(child.pid ?? 0) - used);
      }
      times.set(provider, { wall: median(wall), cpu: median(cpu) });
    }
  } finally {
    child.kill();
    await ended;
  }
  return times;
}
