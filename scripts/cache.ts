import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
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

async function readTree(folder: string): Promise<readonly { readonly path: string; readonly bytes: Buffer }[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/(^|\/)(node_modules|dist)\//.test(relative(folder, path).split(sep).join('/')))
    .sort();
  return Promise.all(paths.map(async (path) => ({ path, bytes: await readFile(path) })));
}

/** One hash over files and whole folders: their names and their bytes. */
export async function hashPaths(paths: readonly string[], root: string): Promise<string> {
  const hash = createHash('sha256');
  for (const path of paths) {
    const single = await readFile(path).catch(() => undefined);
    const files = single === undefined ? await readTree(path) : [{ path, bytes: single }];
    for (const file of files) {
      hash.update(`${relative(root, file.path)}\0${file.bytes.length}\0`);
      hash.update(file.bytes);
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
