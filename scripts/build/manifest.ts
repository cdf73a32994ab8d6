import type { SourceManifest } from './entries.ts';
import { entriesOf } from './entries.ts';
import type { Fingerprints } from './fingerprints.ts';

export type Repository = string | { readonly type?: string; readonly url?: string; readonly directory?: string };

export type ManifestOptions = {
  readonly version: string;
  readonly signers: Fingerprints;
  /** What the workspace's own package.json says; npm's provenance asks for it. */
  readonly repository?: Repository | undefined;
  readonly directory: string;
};

/** The package.json that is published. In the repository the same entry points lead to sources; here to what was built. */
export function publishedManifest(source: SourceManifest, options: ManifestOptions): object {
  const { version, signers, repository, directory } = options;
  const { exports, private: _, ...rest } = source;
  const modules = new Map(entriesOf(source).map(({ entry, module }) => [entry, module]));
  const built = Object.keys(exports).map((entry) => {
    const module = modules.get(entry);
    if (module === undefined) return [entry, exports[entry]];
    return [entry, { types: `./${module}.d.ts`, default: `./${module}.js` }];
  });
  return {
    ...rest,
    version,
    ...(repository !== undefined && {
      repository: typeof repository === 'string' ? repository : { ...repository, directory },
    }),
    exports: Object.fromEntries(built),
    types: './index.d.ts',
    // The folder is made for the package alone; nothing in it is left out.
    files: ['*'],
    // Read at the next release: a recipe is code, which no schema shows.
    countersign: { signers },
  };
}
