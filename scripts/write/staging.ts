import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, rmdirSync, rmSync } from 'node:fs';
import { mkdir, readdir, rm, rmdir, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';

const PREFIX = '.staging-';
/** Milliseconds. No run takes a day: what is older was left, whoever has its process's number now. */
const DAY = 86_400_000;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Numbers of processes mean something on one machine only, and containers may share a folder. */
const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);

/**
 * Makes a folder for files that are to be moved below `root`; its name says whose it is.
 *
 * @param before called with its path before it is there, so that no signal comes between the folder and its guard
 */
export async function openStaging(root: string, before: (staging: string) => void = () => {}): Promise<string> {
  await mkdir(root, { recursive: true });
  await removeAbandoned(root);
  const staging = join(root, `${PREFIX}${machine}-${process.pid}-${randomBytes(6).toString('hex')}`);
  before(staging);
  // A handler of a signal runs after this, not beside it.
  mkdirSync(staging, { mode: 0o700 });
  return staging;
}

/** Removes it, and `root` too if nothing has come into it. */
export async function closeStaging(staging: string): Promise<void> {
  await rm(staging, { recursive: true, force: true });
  await rmdir(dirname(staging)).catch(() => undefined);
}

/** Removes what killed runs have left below `root`; another run's that still works stays. */
export async function removeAbandoned(root: string): Promise<void> {
  const entries = await readdir(root, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const path = join(root, entry.name);
    if (entry.isDirectory() && entry.name.startsWith(PREFIX) && (await isAbandoned(path, entry.name)))
      await rm(path, { recursive: true, force: true });
  }
}

async function isAbandoned(path: string, name: string): Promise<boolean> {
  const [, where, pid] = /^\.staging-([0-9a-f]{8})-(\d+)-/.exec(name) ?? [];
  if (where === machine && !isAlive(Number(pid))) return true;
  const there = await stat(path).catch(() => undefined);
  return there !== undefined && Date.now() - there.mtimeMs > DAY;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // A process of somebody else may not be asked, but it is there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Ends a run without leaving half-written files. */
export type Guard = {
  /** Does work that no signal but SIGKILL ends halfway. */
  readonly finish: <Value>(work: () => Promise<Value>) => Promise<Value>;
  /** To be called when the folder is closed: a signal that came in between ends the process now. */
  readonly release: () => void;
};

/** While it lasts, a signal that ends the process leaves no staging folder behind. */
export function guardStaging(staging: string): Guard {
  let isFinishing = false;
  let asked: NodeJS.Signals | undefined;
  const clear = (): void => {
    try {
      rmSync(staging, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
      rmdirSync(dirname(staging));
    } catch {
      // Threads may still write: the next run removes it.
    }
  };
  const release = (): void => {
    for (const signal of SIGNALS) process.off(signal, onSignal);
    process.off('exit', clear);
    if (asked !== undefined) process.kill(process.pid, asked);
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    asked ??= signal;
    if (isFinishing) return;
    clear();
    release();
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  process.on('exit', clear);
  return {
    finish: async (work) => {
      isFinishing = true;
      try {
        return await work();
      } finally {
        isFinishing = false;
      }
    },
    release,
  };
}
