import { mkdir, mkdtemp, readdir, readFile, realpath, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { File } from './model/types.ts';

/** What would change in one provider's folder; nothing is touched yet. */
export type Plan = {
  readonly folder: string;
  readonly changed: readonly File[];
  /** Files of an earlier run that the contract no longer makes. */
  readonly stale: readonly string[];
};

/** Left alone below a generated package: what is built from it or installed into it. */
const FOREIGN = new Set(['node_modules', 'dist']);

async function listFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const nested = await Promise.all(
    entries
      .filter((entry) => !FOREIGN.has(entry.name))
      .map((entry) => {
        const path = join(folder, entry.name);
        return entry.isDirectory() ? listFiles(path) : [path];
      }),
  );
  return nested.flat();
}

function assertInside(folder: string, path: string): void {
  const inside = relative(folder, join(folder, path));
  if (inside === '' || inside.startsWith('..') || inside.startsWith(sep)) {
    throw new Error(`An emitter named a file outside of its package: ${JSON.stringify(path)}`);
  }
}

/** Compares what was generated with what is there. Equal files are not in the plan, so their times do not move. */
export async function planWrites(folder: string, files: readonly File[]): Promise<Plan> {
  for (const { path } of files) assertInside(folder, path);
  const wanted = new Set(files.map(({ path }) => join(folder, path)));
  const isChanged = async (file: File): Promise<boolean> =>
    (await readFile(join(folder, file.path), 'utf8').catch(() => undefined)) !== file.text;
  const differs = await Promise.all(files.map(isChanged));
  const stale = (await listFiles(folder)).filter((path) => !wanted.has(path));
  return { folder, changed: files.filter((_, index) => differs[index]), stale };
}

async function removeEmptyFolders(folder: string, upTo: string): Promise<void> {
  for (let current = folder; current.startsWith(`${upTo}${sep}`); current = dirname(current)) {
    try {
      await rmdir(current);
    } catch {
      return;
    }
  }
}

/** A symbolic link below generated/ must not lead a write elsewhere. */
async function assertRealFolder(folder: string, root: string): Promise<void> {
  const [realFolder, realRoot] = await Promise.all([realpath(folder), realpath(root)]);
  if (realFolder !== realRoot && !realFolder.startsWith(`${realRoot}${sep}`)) {
    throw new Error(`${folder} leads out of ${root} by a symbolic link; remove the link.`);
  }
}

/**
 * Carries out plans: every file is first written whole beside its place, then all are moved in, so that a full disk
 * or a killed process leaves the old file or the new one, never half of one.
 */
export async function applyPlans(plans: readonly Plan[], root: string): Promise<void> {
  const busy = plans.filter(({ changed, stale }) => changed.length + stale.length > 0);
  if (busy.length === 0) return;
  await mkdir(root, { recursive: true });
  const staging = await mkdtemp(join(root, '.staging-'));
  try {
    const moves: { readonly from: string; readonly to: string }[] = [];
    for (const { folder, changed } of busy) {
      for (const file of changed) {
        const from = join(staging, String(moves.length));
        await writeFile(from, file.text);
        moves.push({ from, to: join(folder, file.path) });
      }
    }
    for (const { from, to } of moves) {
      await mkdir(dirname(to), { recursive: true });
      await assertRealFolder(dirname(to), root);
      await rename(from, to);
    }
    for (const { folder, stale } of busy) {
      for (const path of stale) {
        await rm(path);
        await removeEmptyFolders(dirname(path), folder);
      }
    }
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}
