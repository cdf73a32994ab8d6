import { readFile } from 'node:fs/promises';
import { runCommand } from '../measure.ts';

export type Measured = {
  /** Seconds. */
  readonly time: number;
  /** Processor time in seconds, of the process and its ended children; 0 without /proc. */
  readonly cpu: number;
  /** Peak resident memory in bytes, of the process and its children. */
  readonly memory: number;
  readonly output: string;
};

/** Peak resident memory of a process and its children so far, in bytes; 0 without /proc. */
async function peakOf(pid: number): Promise<number> {
  const read = (path: string): Promise<string> => readFile(`/proc/${pid}/${path}`, 'utf8').catch(() => '');
  const [status, children] = await Promise.all([read('status'), read(`task/${pid}/children`)]);
  const own = Number(/VmHWM:\s*(\d+)/.exec(status)?.[1] ?? 0) * 1024;
  const below = await Promise.all(
    children
      .split(' ')
      .filter(Boolean)
      .map((child) => peakOf(Number(child))),
  );
  return below.reduce((sum, bytes) => sum + bytes, own);
}

/** Clock ticks of Linux, per second. */
const TICKS = 100;

/** Processor time in seconds of all ended children. */
async function spentByChildren(): Promise<number> {
  const stat = await readFile('/proc/self/stat', 'utf8').catch(() => '');
  // The name, the second field, may contain spaces. `cutime` and `cstime` are the fields 16 and 17.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13] ?? 0) + Number(fields[14] ?? 0)) / TICKS;
}

/** Runs a command to its end. A failure ends the benchmark, unless `mayFail`. */
export async function runMeasured(
  command: readonly string[],
  cwd: string,
  { mayFail = false }: { readonly mayFail?: boolean } = {},
): Promise<Measured> {
  let memory = 0;
  let timer: NodeJS.Timeout | undefined;
  const onStart = (pid: number): void => {
    // Infrequent, because reading takes time from what is measured. The kernel keeps the peak in between.
    timer = setInterval(async () => {
      memory = Math.max(memory, await peakOf(pid));
    }, 200);
  };
  try {
    const before = await spentByChildren();
    const { ms, output } = await runCommand(command, cwd, { mayFail, onStart });
    return { time: ms / 1000, cpu: (await spentByChildren()) - before, memory, output };
  } finally {
    clearInterval(timer);
  }
}
