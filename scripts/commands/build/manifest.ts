import type { ProviderConfig } from '../../config/types.ts';
import type { ProjectManifest } from '../init/manifest.ts';
import type { SourceManifest } from './entries.ts';
import { entriesOf } from './entries.ts';
import type { Fingerprints } from './fingerprints.ts';

/**
 * What a package does that no schema and no type of it shows. It is kept in the published package.json, and compared at
 * the next release.
 */
export type Recorded = {
  /** A recipe is code. */
  readonly signers: Fingerprints;
  /** What its validators do with members that a schema does not name. */
  readonly unknownKeys: NonNullable<ProviderConfig['unknownKeys']>;
  /** The type of its integers of 64 bits, where they are no numbers. */
  readonly int64?: 'bigint' | 'string';
};

/** What a published manifest says beside the source's. */
export type ManifestOptions = {
  readonly version: string;
  readonly recorded: Recorded;
  /** The workspace's own package.json: its licence is the packages', and npm's provenance asks for its repository. */
  readonly project: ProjectManifest;
  readonly directory: string;
};

/** The package.json that is published. In the repository the same entry points lead to sources; here to what was built. */
export function publishedManifest(source: SourceManifest, options: ManifestOptions): object {
  const { version, recorded, project, directory } = options;
  const { license = 'UNLICENSED', repository } = project;
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
    license,
    ...(repository !== undefined && {
      repository: { ...(typeof repository === 'string' ? { type: 'git', url: repository } : repository), directory },
    }),
    exports: Object.fromEntries(built),
    types: './index.d.ts',
    // The folder is made for the package alone; nothing in it is left out.
    files: ['*'],
    countersign: recorded,
  };
}
