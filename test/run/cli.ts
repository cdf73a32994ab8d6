import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

export const MAIN = join(import.meta.dirname, '../../scripts/main.ts');
const PROCESS = join(import.meta.dirname, 'cli-process.ts');

export type Job = {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
};
export type Ran = { readonly code: number | null; readonly out: string; readonly err: string };

/** Commands that end by themselves and import nothing that they make. */
const REPEATED = new Set(['generate', 'lint', 'add', 'doctor']);
/** After these a process is replaced, so that what it has imported does not grow. */
const MOST_RUNS = 60;

let worker: Promise<ChildProcess> | undefined;
let runs = 0;
let busy = false;
/** The modules of each workspace, as the process may have imported them. */
const imported = new Map<string, string>();

/**
 * Runs the command line in a folder; never rejects. Commands that can be are run in a process that has run others, since
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

/** The command line as a user runs it: a process of its own, its output in pipes. */
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

/** A module is imported once for a process: one that has changed since needs another. */
function canRepeat({ args: [name = '', ...args], cwd, env }: Job): boolean {
  if (!REPEATED.has(name) || args.includes('--watch') || env.NODE_OPTIONS !== process.env.NODE_OPTIONS) return false;
  const code = modulesOf(cwd);
  if (!imported.has(cwd)) imported.set(cwd, code);
  return imported.get(cwd) === code;
}

/** The modules of a workspace that a command may import, with what tells that one has changed. */
function modulesOf(folder: string): string {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return /^(node_modules|generated|dist|\..*)$/.test(entry.name) ? [] : modulesOf(path);
      if (!/\.[cm]?[jt]s$/.test(entry.name)) return [];
      const { mtimeMs, size } = statSync(path);
      return `${path} ${mtimeMs} ${size}`;
    })
    .join('\n');
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
  imported.clear();
  if (child.connected) child.disconnect();
}
