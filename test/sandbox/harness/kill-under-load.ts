import { expect } from 'vitest';
import { type ProcessOptions, type SandboxProcess, startProcess } from './processes.ts';

export const KILLS = 10;
/** Minimum number of acknowledged calls between two kills. */
export const BETWEEN = 20;

export type Load = {
  /** Default `KILLS`. */
  readonly kills?: number;
  readonly callers: number;
  /** Calls processes until it is stopped. A call that fails because its process was killed was not acknowledged. */
  readonly call: (caller: number, pick: () => SandboxProcess, running: () => boolean) => Promise<void>;
  /** Number of acknowledged calls so far. */
  readonly acknowledged: () => number;
  /** Once, before everything else. */
  readonly prepare?: (process: SandboxProcess) => Promise<void>;
};

/** Puts load on processes while one after the other is killed and restarted. */
export async function killUnderLoad(count: number, options: ProcessOptions, load: Load): Promise<void> {
  const processes: SandboxProcess[] = [];
  for (let index = 0; index < count; index += 1) processes.push(await startProcess(options));
  await load.prepare?.(processes[0] as SandboxProcess);
  let running = true;
  const pick = (): SandboxProcess => processes[Math.floor(Math.random() * count)] as SandboxProcess;
  const loads = Array.from({ length: load.callers }, (_, caller) => load.call(caller, pick, () => running));
  try {
    for (let kill = 0; kill < (load.kills ?? KILLS); kill += 1) {
      const before = load.acknowledged();
      // Killed during work: after some calls were acknowledged since the last kill.
      while (load.acknowledged() < before + BETWEEN) await new Promise((resolve) => setTimeout(resolve, 5));
      const victim = kill % count;
      await processes[victim]?.kill();
      processes[victim] = await startProcess(options);
    }
  } finally {
    running = false;
    await Promise.all(loads);
    for (const process of processes) expect(await process.stop()).toBe(0);
  }
}
