import { readFile } from 'node:fs/promises';
import { runCommand } from '../measure.ts';

export type Measured = {
  /** Seconds. */
  readonly time: number;
  /** Peak of resident memory, bytes, of the process and what it started. */
  readonly memory: number;
  readonly output: string;
};

/** Resident bytes of a process and its children; 0 where /proc does not have it. */
async function residentOf(pid: number): Promise<number> {
  const read = (path: string): Promise<string> => readFile(`/proc/${pid}/${path}`, 'utf8').catch(() => '');
  const [status, children] = await Promise.all([read('status'), read(`task/${pid}/children`)]);
  const own = Number(/VmRSS:\s*(\d+)/.exec(status)?.[1] ?? 0) * 1024;
  const below = await Promise.all(
    children
      .split(' ')
      .filter(Boolean)
      .map((child) => residentOf(Number(child))),
  );
  return below.reduce((sum, bytes) => sum + bytes, own);
}

/** Runs a command to its end; one that fails ends the benchmark, unless `mayFail`. */
export async function runMeasured(
  command: readonly string[],
  cwd: string,
  { mayFail = false }: { readonly mayFail?: boolean } = {},
): Promise<Measured> {
  let memory = 0;
  let timer: NodeJS.Timeout | undefined;
  const onStart = (pid: number): void => {
    timer = setInterval(async () => {
      memory = Math.max(memory, await residentOf(pid));
    }, 50);
  };
  try {
    const { ms, output } = await runCommand(command, cwd, { mayFail, onStart });
    return { time: ms / 1000, memory, output };
  } finally {
    clearInterval(timer);
  }
}
