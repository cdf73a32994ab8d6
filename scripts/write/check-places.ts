import { lstat } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { InputError } from '../common/diagnostics/diagnostic.ts';
import { isGenerated } from './is-generated.ts';
import type { StagedPlan } from './plan.ts';

type Problem = readonly [path: string, message: string];

/** Existing entries of a path below `root` must be folders, not links that lead elsewhere. */
async function folderProblem(folder: string, root: string): Promise<Problem | undefined> {
  if (folder === root) return undefined;
  const there = await lstat(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  if (there?.isSymbolicLink()) return [folder, 'The path is a symbolic link. Expected a folder.'];
  if (there && !there.isDirectory()) return [folder, 'The path is a file. Expected a folder.'];
  return folderProblem(dirname(folder), root);
}

async function fileProblem(path: string): Promise<Problem | undefined> {
  const there = await lstat(path).catch(() => undefined);
  return there?.isDirectory() ? [path, 'The path is a folder. Expected a file.'] : undefined;
}

/** Nothing is removed from a folder that was not generated: `folders.generated` may contain the user's own packages. */
async function foreignProblem({ folder, stale }: StagedPlan): Promise<Problem | undefined> {
  if (stale.length === 0 || (await isGenerated(folder))) return undefined;
  const [first = folder] = stale;
  return [first, 'The file was not generated, but is in the folder of a generated package.'];
}

/**
 * Checks every path before the first file is written.
 *
 * @throws {InputError} with everything that is in the way
 */
export async function checkPlaces(plans: readonly StagedPlan[], root: string): Promise<void> {
  const files = plans.flatMap(({ moves }) => moves.map(({ to }) => to));
  const folders = new Set([...files, ...plans.flatMap(({ stale }) => stale)].map((path) => dirname(path)));
  const found = await Promise.all([
    // These errors come first, so that a more precise error for the same path replaces them.
    ...plans.map(foreignProblem),
    ...[...folders].map((folder) => folderProblem(folder, root)),
    ...files.map(fileProblem),
  ]);
  const problems = new Map(found.filter((problem) => problem !== undefined));
  if (problems.size === 0) return;
  const help = 'Remove or move it.';
  throw new InputError(
    [...problems].map(([path, message]) => {
      const at = { file: relative(process.cwd(), path), line: 1, column: 1 };
      return { severity: 'error', code: 'generated-place', message, help, at };
    }),
  );
}
