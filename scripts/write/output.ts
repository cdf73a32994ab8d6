import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { File } from '../model/types.ts';
import { hasText, writeText } from './file-text.ts';
import type { StagedPlan } from './plan.ts';

/** Ignored below a generated package: its build output and installed packages. */
const FOREIGN = new Set(['node_modules', 'dist']);

/** Some files of a package, compared and written. Plain data, which can be sent to another thread. */
export type Part = { readonly paths: readonly string[]; readonly moves: StagedPlan['moves'] };

/** The files of one package, taken over as they are emitted: no text of a large package is kept in memory. */
export type Output = {
  /** Compares files with the existing ones, and writes those that differ below the staging folder. */
  readonly add: (files: readonly File[]) => Promise<void>;
  /** Paths of the added files, relative to the package. */
  readonly paths: ReadonlySet<string>;
  /** The files that were added so far, for the output of the package in another thread. */
  readonly part: () => Part;
  /** Adds the files of another thread. */
  readonly join: (part: Part) => void;
  /** What must be moved and removed, once every file was added. Equal files are omitted, so that their times stay. */
  readonly finish: () => Promise<StagedPlan>;
};

/**
 * Opens the output of a package.
 *
 * @param folder the folder of the package, absolute
 * @param staging undefined: nothing is written, and the moves have no source
 * @param name a prefix in the staging folder, unique to the package and to the thread
 */
export function openOutput(folder: string, staging: string | undefined, name: string): Output {
  const paths = new Set<string>();
  const moves: { readonly from: string; readonly to: string }[] = [];
  let written = 0;
  return {
    paths,
    async add(files) {
      for (const { path, text } of files) {
        assertInside(folder, path);
        paths.add(path);
        const to = join(folder, path);
        if (hasText(to, text)) continue;
        const from = join(staging ?? folder, `${name}-${written}`);
        written += 1;
        if (staging !== undefined) writeText(from, text);
        moves.push({ from, to });
      }
    },
    part: () => ({ paths: [...paths], moves: [...moves] }),
    join(part) {
      for (const path of part.paths) paths.add(path);
      moves.push(...part.moves);
    },
    async finish() {
      const wanted = new Set([...paths].map((path) => join(folder, path)));
      return { folder, moves, stale: (await listFiles(folder)).filter((path) => !wanted.has(path)) };
    },
  };
}

function assertInside(folder: string, path: string): void {
  const inside = relative(folder, join(folder, path));
  if (inside === '' || inside.startsWith('..') || inside.startsWith(sep)) {
    throw new Error(`An emitter returned a path outside its package: ${JSON.stringify(path)}`);
  }
}

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
