import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

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

/** One entry point: `./server`, made from `src/server.ts`, built as `server.js` and `server.d.ts`. */
export type Entry = { readonly entry: string; readonly module: string };

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
