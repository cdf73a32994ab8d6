import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** The error of an embedded database that another process has open. */
export class StoreLockedError extends Error {
  override readonly name = 'StoreLockedError';
}

/** The error of a folder of the embedded database that other users can reach and whose mode cannot be changed. */
export class StoreFolderError extends Error {
  override readonly name = 'StoreFolderError';
}

/** The start time of a process according to the kernel, so that a process with a reused id is not mistaken for it. */
async function startedOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The second field is the name of the program in parentheses, which may contain spaces. The start time is field 22.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields.at(19) ?? '';
}

async function isAlive(pid: number, started: string): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return started === (await startedOf(pid));
}

const LOCK = /^lock\.(\d+)\.(\d*)$/;
const ATTEMPTS = 5;

/** The folders that this process has locked. */
const held = new Set<string>();

/** The other process that has locked the folder. Locks of processes that ended are removed. */
async function findOther(folder: string, own: string): Promise<number | undefined> {
  for (const name of await readdir(folder)) {
    const [, pid, started = ''] = LOCK.exec(name) ?? [];
    if (pid === undefined || name === own) continue;
    if (await isAlive(Number(pid), started)) return Number(pid);
    await rm(join(folder, name), { force: true });
  }
  return undefined;
}

/**
 * Locks the folder for this process, because PGlite does not detect that another process uses its files. Each process
 * writes its lock and then looks for other locks, so that of two concurrent processes at least one sees the other. The
 * lock of a process that has ended, for any reason, is ignored.
 *
 * @returns a function that releases the folder
 * @throws {StoreLockedError}
 * @throws {StoreFolderError}
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const place = resolve(folder);
  if (held.has(place)) throw new StoreLockedError(`The folder ${folder} is already open in this process.`);
  held.add(place);
  try {
    const release = await lockAgainstOthers(place);
    return async () => {
      held.delete(place);
      await release();
    };
  } catch (error) {
    held.delete(place);
    throw error;
  }
}

/** Removes the permissions of other users. A folder that already existed, for example a volume, may be open to them. */
async function closeToOthers(folder: string): Promise<void> {
  const { mode } = await stat(folder);
  if ((mode & 0o077) === 0) return;
  await chmod(folder, 0o700).catch((error: NodeJS.ErrnoException) => {
    throw new StoreFolderError(
      `Other users can access ${folder} (mode ${(mode & 0o777).toString(8)}), and its mode cannot be changed: ${error.code}. Run chmod 700 on the folder as its owner, or choose another folder with --data.`,
    );
  });
}

async function lockAgainstOthers(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await closeToOthers(folder);
  const own = `lock.${process.pid}.${await startedOf(process.pid)}`;
  const release = (): Promise<void> => rm(join(folder, own), { force: true });
  for (let attempt = 1; ; attempt += 1) {
    await writeFile(join(folder, own), '', { mode: 0o600 });
    const other = await findOther(folder, own);
    if (other === undefined) return release;
    await release();
    if (attempt === ATTEMPTS) {
      throw new StoreLockedError(
        `Process ${other} uses ${folder}. Stop that process, or set DATABASE_URL: several processes require PostgreSQL.`,
      );
    }
    // The other process may have started at the same time. It then gives up.
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 100));
  }
}
