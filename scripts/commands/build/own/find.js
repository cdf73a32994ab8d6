import { accessSync, constants, lstatSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

// JavaScript: it is read before the first `.ts` file, whose compiler a run from the bundle does not load.

export const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
/** The folder of bundles, five levels below the root. */
export const CACHE = join(ROOT, 'node_modules/.cache/countersign/toolkit');
export const MANIFEST = join(CACHE, 'manifest.json');

export const describeFile = (path) => {
  const { size, mtimeMs, ctimeMs, ino } = lstatSync(path);
  return [size, mtimeMs, ctimeMs, ino];
};

/** Elsewhere, paths beside the bundle would be those of another copy of the repository. */
const isOwn = () => lstatSync(join(ROOT, 'node_modules')).isDirectory();

export function findBundle() {
  try {
    const { entry, files } = JSON.parse(readFileSync(MANIFEST, 'utf8'));
    if (!isOwn() || files.length === 0) return undefined;
    // Without destructuring, which takes twice as long for a thousand files.
    for (const file of files) {
      const now = lstatSync(ROOT + file[0]);
      if (now.size !== file[1] || now.mtimeMs !== file[2] || now.ctimeMs !== file[3] || now.ino !== file[4])
        return undefined;
    }
    return pathToFileURL(join(CACHE, entry)).href;
  } catch {
    return undefined;
  }
}

export function renewBundle() {
  try {
    if (!isOwn()) return;
    mkdirSync(CACHE, { recursive: true });
    accessSync(CACHE, constants.W_OK);
    const writer = fileURLToPath(new URL('./write.ts', import.meta.url));
    // Loaded here, because most runs have a bundle.
    const { spawn } = process.getBuiltinModule('node:child_process');
    const child = spawn(process.execPath, [writer], { cwd: ROOT, detached: true, stdio: 'ignore' });
    child.on('error', () => undefined);
    child.unref();
  } catch {
    // Without a bundle, only the start is slower.
  }
}
