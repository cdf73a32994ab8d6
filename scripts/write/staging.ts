import { mkdirSync, rmdirSync, rmSync } from 'node:fs';
import { mkdir, readdir, rm, rmdir, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { sha256 } from '../common/text/sha256.ts';

const PREFIX = '.staging-';
/** Milliseconds. A run takes less than a day: an older folder is left over, even if another process has its number. */
const DAY = 86_400_000;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Process numbers are valid on one machine only, and containers may share a folder. */
const machineOf = (): string => sha256(hostname(), 'hex').slice(0, 8);

/**
 * Creates a folder for files that will be moved below `root`. Its name contains its owner.
 *
 * @param before called with its path before it exists, so that a signal cannot leave it without a guard
 */
export async function openStaging(root: string, before: (staging: string) => void = () => {}): Promise<string> {
  await mkdir(root, { recursive: true });
  await removeAbandoned(root);
  const random = process.getBuiltinModule('node:crypto').randomBytes(6).toString('hex');
  const staging = join(root, `${PREFIX}${machineOf()}-${process.pid}-${random}`);
  before(staging);
  // A signal handler runs after this, not in parallel.
  mkdirSync(staging, { mode: 0o700 });
  return staging;
}

/** Removes the folder, and `root` too if it is empty. */
export async function closeStaging(staging: string): Promise<void> {
  await rm(staging, { recursive: true, force: true });
  await rmdir(dirname(staging)).catch(() => undefined);
}

/** Removes the folders of killed runs below `root`, but not those of active runs. */
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
  if (where === machineOf() && !isAlive(Number(pid))) return true;
  const there = await stat(path).catch(() => undefined);
  return there !== undefined && Date.now() - there.mtimeMs > DAY;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // A process of another user cannot be signalled, but it exists.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Ends a run without leaving half-written files. */
export type Guard = {
  /** Does work that only SIGKILL can interrupt. */
  readonly finish: <Value>(work: () => Promise<Value>) => Promise<Value>;
  /** Called when the folder is closed: a signal that arrived in between ends the process then. */
  readonly release: () => void;
};

/** While it is active, a signal that ends the process leaves no staging folder behind. */
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
