/** Writes the bundle of the toolkit's own modules: a process that `find.js` starts after a run without a bundle. */
import { openSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { readDigests } from '../../../generate/digests.ts';
import { hashToolkit, TOOLKIT_PATHS } from '../../../generate/toolkit-digest.ts';
import { bundleOwn, MAIN } from './bundle.ts';
import { CACHE, describeFile, findBundle, MANIFEST, type Manifest, ROOT } from './find.js';

/** Milliseconds. A process that takes longer is ended, and its lock is void. */
const LONGEST = 60_000;
/** Milliseconds. A file that was changed this shortly before may change again within the same tick of its clock. */
const RECENT = 2_000;
/** Milliseconds. A process may still load chunks of an earlier bundle. */
const KEPT = 24 * 60 * 60_000;

/** npm rewrites its hidden lock when a package changes. Without it, the versions in the bundle are unknown. */
const INSTALLED = 'node_modules/.package-lock.json';

/** A file or a folder with all that it contains. */
function listAll(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  return [path, ...readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => join(path, name))];
}

const describeAll = (paths: readonly string[]): Manifest['files'] =>
  paths.map((path) => [relative(ROOT, path), ...describeFile(path)] as const);

/** Whether this process may write: only one does. */
function lock(file: string): boolean {
  const since = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  if (since !== undefined && since < Date.now() - LONGEST) rmSync(file, { force: true });
  try {
    openSync(file, 'wx');
    return true;
  } catch {
    return false;
  }
}

function removeEarlier(current: string): void {
  for (const entry of readdirSync(CACHE, { withFileTypes: true })) {
    const path = join(CACHE, entry.name);
    if (!entry.isDirectory() || path === current) continue;
    if (statSync(path).mtimeMs < Date.now() - KEPT) rmSync(path, { recursive: true, force: true });
  }
}

async function writeBundle(): Promise<void> {
  const own = [...TOOLKIT_PATHS, INSTALLED].flatMap((path) => listAll(join(ROOT, path)));
  const before = JSON.stringify(describeAll(own));
  const start = Date.now();
  const folder = join(CACHE, `${start}-${process.pid}`);
  let done = false;
  try {
    const digest = hashToolkit(readDigests);
    const modules = await bundleOwn(
      { root: ROOT, up: '../../../../../', extension: '.ts', digest, mapped: true, beside: [] },
      folder,
    );
    const runtime = modules.filter((path) => path.startsWith(join(ROOT, 'runtime/')));
    const sources = describeAll([...own, ...runtime]);
    const isQuiet = sources.every(([, , modified, changed]) => Math.max(modified, changed) < start - RECENT);
    if (!isQuiet || before !== JSON.stringify(sources.slice(0, own.length))) return;
    const made = listAll(folder).filter((path) => path.endsWith('.mjs'));
    const manifest: Manifest = {
      entry: relative(CACHE, join(folder, MAIN)),
      files: [...describeAll(made), ...sources],
    };
    const temporary = `${MANIFEST}.${process.pid}`;
    writeFileSync(temporary, JSON.stringify(manifest));
    renameSync(temporary, MANIFEST);
    done = true;
    removeEarlier(folder);
  } finally {
    if (!done) rmSync(folder, { recursive: true, force: true });
  }
}

setTimeout(() => process.exit(1), LONGEST).unref();
const file = join(CACHE, 'lock');
// Another process may have written it since this one was started.
if (findBundle() === undefined && lock(file)) await writeBundle().finally(() => rmSync(file, { force: true }));
