import { mkdir, open, readFile, rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';

/** Another process has the embedded database open. */
export class StoreLockedError extends Error {
  override readonly name = 'StoreLockedError';
}

type Holder = { readonly pid: number; readonly started: string };

/** When a process started, in the kernel's words, so that a process id that was given out again is not mistaken. */
async function startedOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The second field is the program's name in parentheses, which may hold blanks; the start time is field 22.
  return (
    stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .at(19) ?? ''
  );
}

async function isAlive({ pid, started }: Holder): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return started === (await startedOf(pid));
}

/**
 * PGlite cannot share its files between processes and does not notice; so one process at a time may have the folder.
 * A lock whose process has died, however it died, is taken over.
 *
 * @returns what gives the folder free again
 * @throws {StoreLockedError}
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'lock.json');
  const own = JSON.stringify({ pid: process.pid, started: await startedOf(process.pid) });
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      const file = await open(path, 'wx', 0o600);
      await file.writeFile(own);
      await file.close();
      return () => rm(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = await readHolder(path);
    if (holder !== undefined && (await isAlive(holder))) {
      throw new StoreLockedError(
        `Process ${holder.pid} has ${folder} open. End it, or set DATABASE_URL: several processes need PostgreSQL.`,
      );
    }
    await unlink(path).catch(() => {});
  }
  throw new StoreLockedError(`${folder} is being opened by another process.`);
}

async function readHolder(path: string): Promise<Holder | undefined> {
  // Between making the file and writing it there is a moment; whoever sees it empty looks again.
  for (let look = 0; look < 10; look += 1) {
    const text = await readFile(path, 'utf8').catch(() => '');
    if (text !== '') return JSON.parse(text) as Holder;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return undefined;
}
