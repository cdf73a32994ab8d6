import { constants, enableCompileCache, getCompileCacheDir } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CACHE = '.cache/countersign/compile';

/** The `node_modules` that the toolkit is in; in the repository, the one at its root. */
function installed(): string {
  const here = fileURLToPath(import.meta.url);
  const [folder = join(dirname(here), '../../node_modules')] = /^.*[\\/]node_modules(?=[\\/])/.exec(here) ?? [];
  return folder;
}

/**
 * Caches compiled modules, megabytes of JavaScript, beside the toolkit, so that a first run in another folder compiles
 * nothing again. If the install is not writable, the cache is below `root`.
 */
export function cacheCompiledModules(root: string): void {
  if (getCompileCacheDir() !== undefined) return;
  const { status } = enableCompileCache(join(installed(), CACHE));
  if (status === constants.compileCacheStatus.FAILED) enableCompileCache(join(root, 'node_modules', CACHE));
}

/** The folder of the cache, for another thread. */
export function compileCacheFolder(): string {
  // Node adds a folder for its version.
  const folder = getCompileCacheDir();
  return folder === undefined ? join(installed(), CACHE) : dirname(folder);
}
