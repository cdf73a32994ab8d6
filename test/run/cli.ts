import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
export const MAIN = join(ROOT, 'scripts/main.ts');
const PROCESS = join(import.meta.dirname, 'cli-process.ts');

export type Job = {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
};
export type Ran = { readonly code: number | null; readonly out: string; readonly err: string };

/** Commands that end by themselves, and import neither plugins nor their own output. */
const REPEATED = new Set(['generate', 'lint', 'add', 'doctor']);
/** A process is replaced after this number of commands, so that its imported modules do not accumulate. */
const MOST_RUNS = 60;

let worker: Promise<ChildProcess> | undefined;
let runs = 0;
let busy = false;

/**
 * Runs the command line in a folder; never rejects. If possible, a command runs in a process that has run others, since
 * a start costs most of what a small workspace takes.
 */
export async function runCli(job: Job): Promise<Ran> {
  if (busy || !canRepeat(job)) return runAlone(job);
  busy = true;
  try {
    worker ??= start();
    const child = await worker;
    runs += 1;
    child.channel?.ref();
    const reply = once(child, 'message') as Promise<[Ran]>;
    child.send(job);
    const [ran] = await Promise.race([
      reply,
      once(child, 'exit').then(([code]): [Ran] => [
        { code, out: '', err: 'The process of the command line has ended.' },
      ]),
    ]);
    child.channel?.unref();
    if (runs >= MOST_RUNS || child.exitCode !== null) stop(child);
    return ran;
  } finally {
    busy = false;
  }
}

/** The command line as a user runs it: a separate process with its output in pipes. */
async function runAlone({ args, cwd, env }: Job): Promise<Ran> {
  const child = spawn(process.execPath, [MAIN, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, out, err };
}

/** Whether a command can run in a process that has run other commands. */
function canRepeat({ args: [name = '', ...args], cwd, env }: Job): boolean {
  if (args.includes('--watch') || env.NODE_OPTIONS !== process.env.NODE_OPTIONS) return false;
  // A process imports plugins and packages once. Those of the repository do not change.
  return REPEATED.has(name) || (name === 'mock' && /^(fire|env)$/.test(args[0] ?? '') && resolve(cwd) === ROOT);
}

async function start(): Promise<ChildProcess> {
  runs = 0;
  const child = fork(PROCESS, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  await once(child, 'message');
  child.unref();
  return child;
}

function stop(child: ChildProcess): void {
  worker = undefined;
  if (child.connected) child.disconnect();
}
