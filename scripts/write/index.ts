import { mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { File } from '../model/types.ts';
import { checkPlaces } from './check-places.ts';
import type { Plan, StagedPlan } from './plan.ts';

export type { StagedPlan } from './plan.ts';
export { closeStaging, openStaging } from './staging.ts';

/** Ignored below a generated package: its build output and installed packages. */
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
    throw new Error(`An emitter returned a path outside its package: ${JSON.stringify(path)}`);
  }
}

/**
 * Compares the generated files with the existing ones. The plan omits equal files, so that their times do not change.
 */
export async function planWrites(folder: string, files: readonly File[]): Promise<Plan> {
  for (const { path } of files) assertInside(folder, path);
  const wanted = new Set(files.map(({ path }) => join(folder, path)));
  const isChanged = async ({ path, text }: File): Promise<boolean> => {
    const there = await readFile(join(folder, path)).catch(() => undefined);
    return there?.length !== Buffer.byteLength(text) || !there.equals(Buffer.from(text));
  };
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

/** Writes the new files of a plan below `staging`. `name` is unique to the plan. */
export async function stagePlan({ folder, changed, stale }: Plan, staging: string, name: string): Promise<StagedPlan> {
  const moves: { readonly from: string; readonly to: string }[] = [];
  for (const [index, { path, text }] of changed.entries()) {
    const from = join(staging, `${name}-${index}`);
    await writeFile(from, text);
    moves.push({ from, to: join(folder, path) });
  }
  return { folder, moves, stale };
}

/**
 * Carries out plans. Every file was first written completely beside its place, and then all are moved, so that a full
 * disk or a killed process leaves the old file or the new one, never a partial one. A process that is killed between
 * two moves leaves a mixed package. Its files then differ from the cache, so that the next run generates it again.
 *
 * @throws {InputError} before anything is written, if something is in the way
 */
export async function applyStaged(plans: readonly StagedPlan[], root: string): Promise<void> {
  await checkPlaces(plans, root);
  for (const { from, to } of plans.flatMap(({ moves }) => moves)) {
    await mkdir(dirname(to), { recursive: true });
    await rename(from, to);
  }
  for (const { folder, stale } of plans) {
    for (const path of stale) {
      await rm(path);
      await removeEmptyFolders(dirname(path), folder);
    }
  }
}
