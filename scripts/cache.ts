import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { Diagnostic } from './diagnostic.ts';

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

export type Cache = { readonly [provider: string]: CacheEntry };

function listTree(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/(^|\/)(node_modules|dist)\//.test(relative(folder, path).split(sep).join('/')))
    .sort();
}

/**
 * One hash over files and whole folders: their names and their bytes. In one go, since a promise for each of hundreds of
 * small files takes four times as long, and nothing else can be done before it is known.
 */
export function hashPaths(paths: readonly string[], root: string): string {
  const hash = createHash('sha256');
  for (const path of paths) {
    const stats = statSync(path, { throwIfNoEntry: false });
    const files = stats === undefined ? [] : stats.isDirectory() ? listTree(path) : [path];
    for (const file of files) {
      const bytes = readFileSync(file);
      hash.update(`${relative(root, file)}\0${bytes.length}\0`);
      hash.update(bytes);
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

export async function writeCache(path: string, cache: Cache): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}`;
  await writeFile(temporary, JSON.stringify(cache));
  await rename(temporary, path);
}
