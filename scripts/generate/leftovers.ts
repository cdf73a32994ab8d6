import { readdir, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Diagnostic } from '../common/diagnostics/diagnostic.ts';
import { isProviderName } from '../common/text/names.ts';
import type { Workspace } from '../config/workspace.ts';
import { isGenerated } from '../write/is-generated.ts';

/** A folder of generated/ whose spec no longer exists. */
export type Leftover = {
  /** Relative to the workspace. */
  readonly path: string;
  /** Whether it is a generated package. Anything else belongs to the user. */
  readonly isOurs: boolean;
};

/** @param providers all that have a spec */
export async function findLeftovers(workspace: Workspace, providers: readonly string[]): Promise<readonly Leftover[]> {
  const entries = await readdir(workspace.generated, { withFileTypes: true }).catch(() => []);
  const names = entries
    .filter((entry) => entry.isDirectory() && isProviderName(entry.name) && !providers.includes(entry.name))
    .map((entry) => entry.name)
    .sort();
  return Promise.all(
    names.map(async (name) => {
      const folder = join(workspace.generated, name);
      return { path: relative(workspace.root, folder), isOurs: await isGenerated(folder) };
    }),
  );
}

/** Removes generated packages whose spec no longer exists. */
export async function removeLeftovers({ root }: Workspace, leftovers: readonly Leftover[]): Promise<void> {
  for (const { path, isOurs } of leftovers) if (isOurs) await rm(join(root, path), { recursive: true });
}

/** Warnings for packages that are not removed. */
export const toWarnings = (leftovers: readonly Leftover[]): readonly Diagnostic[] =>
  leftovers
    .filter(({ isOurs }) => !isOurs)
    .map(({ path }) => ({
      severity: 'warning',
      code: 'generated-leftover',
      message: 'The folder has no spec and was not generated.',
      help: 'Remove the folder, or move it out of the folder of generated packages.',
      at: { file: path, line: 1, column: 1 },
    }));
