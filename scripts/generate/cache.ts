import { createHash } from 'node:crypto';
import { readdirSync, realpathSync, statSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { Diagnostic } from '../common/diagnostics/diagnostic.ts';
import { type Digests, readDigests } from './digests.ts';

/** What the last run of one provider was made from, what it made, and what is worth repeating of its result. */
export type CacheEntry = {
  readonly inputs: string;
  readonly outputs: string;
  readonly operations: number;
  readonly files: number;
  readonly unhandled: readonly string[];
  /** Told again by each run that finds nothing new. */
  readonly warnings: readonly Diagnostic[];
};

/** What earlier runs made, by provider. */
export type Cache = { readonly [provider: string]: CacheEntry };

/**
 * Files and links below a folder. No link is followed: what counts of it that is in the folder is found there, and what
 * is not is never read. (Node's own recursive listing goes through links to folders.)
 */
export function listTree(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (!entry.isDirectory()) return entry.isFile() || entry.isSymbolicLink() ? [path] : [];
      return entry.name === 'node_modules' || entry.name === 'dist' ? [] : listTree(path);
    })
    .sort();
}

/**
 * One hash over files and whole folders: their names and the digests of their contents. In one go, since a promise for each of hundreds of
 * small files takes four times as long, and nothing else can be done before it is known.
 */
export function hashPaths(paths: readonly string[], root: string, digests: Digests = readDigests): string {
  const hash = createHash('sha256');
  for (const path of paths) {
    const stats = statSync(path, { throwIfNoEntry: false });
    const isFolder = stats?.isDirectory() === true;
    for (const file of isFolder ? listTree(path) : stats ? [path] : []) {
      // A link that is itself given stands for its file.
      const digest = isFolder ? digests.of(file) : digests.of(realpathSync(file));
      hash.update(`${relative(root, file)}\0${digest}\0`);
    }
  }
  return hash.digest('hex');
}

/** The cache is a convenience: one that is missing or unreadable is an empty one. */
export async function readCache(path: string): Promise<Cache> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Cache;
  } catch {
    return {};
  }
}

/** Writes the cache whole, or not at all. */
export async function writeCache(path: string, cache: Cache): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}`;
  await writeFile(temporary, JSON.stringify(cache));
  await rename(temporary, path);
}
