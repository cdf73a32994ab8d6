import { readdirSync, realpathSync, statSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, relative, sep } from 'node:path';
import type { Diagnostic } from '../common/diagnostics/diagnostic.ts';
import { type Digests, readDigests } from './digests.ts';

/** The inputs and outputs of a provider's last run, and the part of the result that later runs repeat. */
export type CacheEntry = {
  readonly inputs: string;
  readonly outputs: string;
  readonly operations: number;
  readonly files: number;
  readonly unhandled: readonly string[];
  /** Each run without changes reports them again. */
  readonly warnings: readonly Diagnostic[];
};

/** The results of earlier runs, by provider. */
export type Cache = { readonly [provider: string]: CacheEntry };

/** Folders of generated packages that are not generated: `dist` is built later. */
export const BUILT: ReadonlySet<string> = new Set(['node_modules', 'dist']);
/** Folders of a spec that are skipped. A spec may refer to files in any other folder, also in one called `dist`. */
const INSTALLED: ReadonlySet<string> = new Set(['node_modules']);

/**
 * Files and links below a folder. Links are not followed: a target inside the folder is listed itself, and a target
 * outside is never read. (Node's own recursive listing follows links to folders.)
 * @param skipped names of folders that are not listed
 */
export const listTree = (folder: string, skipped: ReadonlySet<string> = INSTALLED): readonly string[] =>
  listBelow(folder, skipped, []).sort();

function listBelow(folder: string, skipped: ReadonlySet<string>, into: string[]): string[] {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    // Not `join`: for hundreds of files, it takes as long as reading the folders.
    const path = folder.endsWith(sep) ? folder + entry.name : folder + sep + entry.name;
    if (!entry.isDirectory()) {
      if (entry.isFile() || entry.isSymbolicLink()) into.push(path);
    } else if (!skipped.has(entry.name)) listBelow(path, skipped, into);
  }
  return into;
}

/**
 * One hash of files and whole folders: their names and the digests of their contents. Synchronous, because a promise
 * for each of hundreds of small files takes four times as long, and nothing else can run before the result.
 */
export function hashPaths(
  paths: readonly string[],
  root: string,
  digests: Digests = readDigests,
  skipped: ReadonlySet<string> = INSTALLED,
): string {
  const below = root.endsWith(sep) ? root : root + sep;
  let all = '';
  for (const path of paths) {
    const stats = statSync(path, { throwIfNoEntry: false });
    const isFolder = stats?.isDirectory() === true;
    for (const file of isFolder ? listTree(path, skipped) : stats ? [path] : []) {
      // If a root is itself a link, its target is read.
      const digest = isFolder ? digests.of(file) : digests.of(realpathSync(file));
      all += `${file.startsWith(below) ? file.slice(below.length) : relative(root, file)}\0${digest}\0`;
    }
  }
  return digests.sum(all);
}

/** The cache is optional: a missing or invalid one counts as empty. */
export async function readCache(path: string): Promise<Cache> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Cache;
  } catch {
    return {};
  }
}

/** Writes the cache completely or not at all. */
export async function writeCache(path: string, cache: Cache): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}`;
  await writeFile(temporary, JSON.stringify(cache));
  await rename(temporary, path);
}
