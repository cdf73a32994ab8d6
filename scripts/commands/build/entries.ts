import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isInstalled } from './installed.ts';

/** `generated/<provider>/package.json`, as the package emitter writes it. */
export type SourceManifest = {
  readonly name: string;
  readonly description: string;
  readonly license: string;
  readonly private: boolean;
  readonly version: string;
  readonly exports: { readonly [entry: string]: string };
  readonly engines: { readonly node: string };
  readonly peerDependencies: { readonly [name: string]: string };
  readonly peerDependenciesMeta: { readonly [name: string]: { readonly optional: boolean } };
};

/** One entry point: `./server`, from `src/server.ts`, built as `server.js` and `server.d.ts`. */
export type Entry = { readonly entry: string; readonly module: string };

/** Reads `package.json` of a generated package. */
export async function readManifest(folder: string): Promise<SourceManifest> {
  return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as SourceManifest;
}

/** The modules among the exports; the rest are files that are copied. */
export function entriesOf({ exports }: SourceManifest): readonly Entry[] {
  return Object.entries(exports).flatMap(([entry, target]) => {
    const module = /^\.\/src\/([\w-]+)\.ts$/.exec(target)?.[1];
    return module === undefined ? [] : [{ entry, module }];
  });
}

/** The packages that the frontend entry points are compiled with. */
const NEEDS: { readonly [entry: string]: readonly string[] } = {
  './react': ['react', '@types/react', '@tanstack/react-query'],
  './vue': ['vue', '@tanstack/vue-query'],
  './svelte': ['svelte', '@tanstack/svelte-query'],
  './msw': ['msw'],
};

/** An entry point that cannot be built here, and all packages that the project lacks for it. */
export type Missing = { readonly entry: string; readonly needs: readonly string[] };

/** Frontend entry points are built if their libraries are installed. */
export function findMissing(root: string, manifest: SourceManifest): readonly Missing[] {
  return entriesOf(manifest).flatMap(({ entry }) => {
    const needs = (NEEDS[entry] ?? []).filter((name) => !isInstalled(root, name));
    return needs.length === 0 ? [] : [{ entry, needs }];
  });
}

/** A message that the package lacks an entry point, with the reason and the fix. */
export const skipped = ({ entry, needs }: Missing): string =>
  `Skipped ${entry}: it requires ${needs.join(', ')}. To include it: npm install --save-dev ${needs.join(' ')}`;

/** The manifest without some entry points, and without the peer dependencies that only they need. */
export function withoutEntries(manifest: SourceManifest, missing: readonly Missing[]): SourceManifest {
  const gone = new Set(missing.map(({ entry }) => entry));
  const peers = new Set([...gone].flatMap((entry) => NEEDS[entry] ?? []));
  const keep = <T>(
    members: { readonly [name: string]: T },
    drop: ReadonlySet<string>,
  ): { readonly [name: string]: T } => Object.fromEntries(Object.entries(members).filter(([name]) => !drop.has(name)));
  return {
    ...manifest,
    exports: keep(manifest.exports, gone),
    peerDependencies: keep(manifest.peerDependencies, peers),
    peerDependenciesMeta: keep(manifest.peerDependenciesMeta, peers),
  };
}
