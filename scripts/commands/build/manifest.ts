import type { ProviderConfig } from '../../config/types.ts';
import type { ProjectManifest } from '../init/manifest.ts';
import type { SourceManifest } from './entries.ts';
import { entriesOf } from './entries.ts';
import type { Fingerprints } from './fingerprints.ts';

/**
 * Behavior of a package that its schemas and types do not show. The published package.json contains it, and the next
 * release compares it.
 */
export type Recorded = {
  /** A recipe is code. */
  readonly signers: Fingerprints;
  /** How its validators treat undeclared properties. */
  readonly unknownKeys: NonNullable<ProviderConfig['unknownKeys']>;
  /** The type of its 64-bit integers, unless they are numbers. */
  readonly int64?: 'bigint' | 'string';
};

/** Additional fields of a published manifest. */
export type ManifestOptions = {
  readonly version: string;
  readonly recorded: Recorded;
  /** The workspace's own package.json: packages have its licence, and npm's provenance requires its repository. */
  readonly project: ProjectManifest;
  readonly directory: string;
};

/**
 * The package.json that is published. In the repository, the same entry points refer to sources. Here they refer to the
 * build.
 */
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
    // The folder contains only the package, so that no file is excluded.
    files: ['*'],
    countersign: recorded,
  };
}
