import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CONFIG_FILE } from '../config/index.ts';
import type { Workspace } from '../config/workspace.ts';
import { hashPaths } from './cache.ts';
import { loadEmitters } from './other-emitters.ts';

/** Modules that a module names, in any syntax. An extra name only reads one more file. */
const NAMED = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*['"]([^'"\n]+)['"]|new URL\(\s*['"](\.[^'"\n]+)['"]/g;
const CODE = /\.[cm]?[jt]sx?$/;
/** Our own packages, and those that npm installed. */
const LOCKS = ['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock'];
const TOOLKIT = fileURLToPath(new URL('../', import.meta.url));

/** The files of emitters. */
export type EmitterSources = {
  /** The configuration and the modules that it imports, each with its folder, because templates are there. */
  readonly own: readonly string[];
  /** Folders of the packages that these name. */
  readonly packages: readonly string[];
};

/** Finds the files that determine the output of the configuration's emitters. */
export function emitterSources({ root, generated }: Workspace): EmitterSources {
  const sources = new Set<string>();
  const packages = new Set<string>();
  const looked = new Set<string>();
  const waiting = [join(root, CONFIG_FILE)];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (looked.has(file) || file.startsWith(TOOLKIT)) continue;
    looked.add(file);
    const folder = dirname(file);
    // The root contains everything else, too.
    const isAlone =
      folder === root || `${generated}${sep}`.startsWith(`${folder}${sep}`) || !file.startsWith(root + sep);
    sources.add(isAlone ? file : folder);
    // An editor may be replacing it.
    if (!CODE.test(file) || !existsSync(file)) continue;
    for (const [, module, url] of readFileSync(file, 'utf8').matchAll(NAMED)) {
      const name = module ?? url ?? '';
      const near = /^\.|^\//.test(name) ? resolve(folder, name.replace(/[?#].*$/, '')) : undefined;
      if (near !== undefined) {
        if (statSync(near, { throwIfNoEntry: false })?.isFile()) waiting.push(realpathSync(near));
        continue;
      }
      const installed = findPackage(folder, name);
      if (installed !== undefined) packages.add(installed);
    }
  }
  return { own: [...sources].sort(), packages: [...packages].sort() };
}

/** The folder of a package as Node resolves it, with links followed: a linked package is elsewhere. */
function findPackage(from: string, specifier: string): string | undefined {
  if (/^(node:|#|countersign(\/|$)|@countersign\/runtime(\/|$))/.test(specifier)) return undefined;
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  for (let folder = from; ; folder = dirname(folder)) {
    const path = join(folder, 'node_modules', name);
    if (existsSync(path)) return realpathSync(path);
    if (folder === dirname(folder)) return undefined;
  }
}

/** Files to watch: emitters in the workspace or linked from elsewhere, not those that npm installed. */
export function watchedSources(workspace: Workspace): readonly string[] {
  if (!workspace.hasEmitters) return [];
  const { own, packages } = emitterSources(workspace);
  return [...own, ...packages.filter((folder) => !folder.includes(`${sep}node_modules${sep}`))];
}

/** All files of a package, without its own node_modules. */
function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return ['node_modules', '.git'].includes(entry.name) ? [] : filesOf(path);
      return entry.isFile() ? [path] : [];
    })
    .sort();
}

/**
 * Determines the output beside our own code and a provider's files: the emitters' code, and their settings for the
 * provider.
 */
export async function hashEmitters(workspace: Workspace): Promise<(provider: string) => string> {
  const { emitters } = await loadEmitters(workspace);
  const { own, packages } = emitterSources(workspace);
  const locks = LOCKS.map((name) => join(workspace.root, name));
  const code = hashPaths([...own, ...packages.flatMap(filesOf), ...locks], workspace.root);
  return (provider) => {
    const used = emitters?.of(provider) ?? [];
    if (used.length === 0) return '';
    return JSON.stringify([code, used.map(({ emitter, settings }) => [emitter.name, settings])]);
  };
}
