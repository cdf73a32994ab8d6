import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';

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
  const [program = '', ...args] = command;
  const start = performance.now();
  const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const printed: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => printed.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => printed.push(chunk));
  let memory = 0;
  const timer = setInterval(async () => {
    memory = Math.max(memory, await residentOf(child.pid ?? 0));
  }, 50);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  clearInterval(timer);
  const output = Buffer.concat(printed).toString();
  if (code !== 0 && !mayFail) throw new Error(`${command.join(' ')} exited with ${code}:\n${output.slice(-2000)}`);
  return { time: (performance.now() - start) / 1000, memory, output };
}
