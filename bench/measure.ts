import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';

/** Duration of a command in milliseconds, and its output. */
export type Ran = { readonly ms: number; readonly output: string };

/** Runs one command to its end. A failure ends the benchmark, unless `mayFail`. */
export async function runCommand(
  command: readonly string[],
  cwd: string,
  { mayFail = false, onStart }: { readonly mayFail?: boolean; readonly onStart?: (pid: number) => void } = {},
): Promise<Ran> {
  const [program = '', ...args] = command;
  const start = performance.now();
  const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const printed: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => printed.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => printed.push(chunk));
  onStart?.(child.pid ?? 0);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const ms = performance.now() - start;
  const output = Buffer.concat(printed).toString();
  if (code !== 0 && !mayFail) throw new Error(`${command.join(' ')} exited with ${code}:\n${output.slice(-2000)}`);
  return { ms, output };
}

export const timeCommand = async (command: readonly string[], cwd: string): Promise<number> =>
  (await runCommand(command, cwd)).ms;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** One line of a result: the ratio, its target, and whether it meets the target. */
export function ratioLine(
  what: string,
  ratio: number,
  limit: { readonly atMost: number } | { readonly atLeast: number },
): string {
  const reached = 'atMost' in limit ? ratio <= limit.atMost : ratio >= limit.atLeast;
  const bound = 'atMost' in limit ? `≤ ${limit.atMost}` : `≥ ${limit.atLeast}`;
  return `${what.padEnd(60)} ${ratio.toFixed(3).padStart(7)}  to reach ${bound}  ${reached ? 'reached' : 'NOT REACHED'}`;
}
