import type { Diagnostic } from '../../common/diagnostics/diagnostic.ts';
import type { Missing } from '../build/entries.ts';
import type { Published } from './registry.ts';

/** What the errors are about. */
export type ReleasedPackage = {
  readonly name: string;
  /** The generated package.json, relative to the workspace. */
  readonly file: string;
  readonly published: Pick<Published, 'version' | 'manifest'>;
};

/**
 * An error for each entry point of the published package that this machine cannot build. A release without it would
 * break every program that imports it, although its spec and configuration did not change.
 */
export function lostEntries(skipped: readonly Missing[], released: ReleasedPackage): readonly Diagnostic[] {
  const { name, file, published } = released;
  const exported = published.manifest.exports ?? {};
  return skipped
    .filter(({ entry }) => Object.hasOwn(exported, entry))
    .map(({ entry, needs }) => ({
      severity: 'error',
      code: 'release-entry',
      message:
        `The release of ${name} would remove the entry point \`${entry}\`, which ${published.version} has: ` +
        `it requires ${needs.join(', ')}, and ${needs.length === 1 ? 'this package is' : 'these packages are'} not installed.`,
      help:
        `Run \`npm install --save-dev ${needs.join(' ')}\`. ` +
        'To remove the entry point, change `hooks` of the provider in countersign.config.ts.',
      at: { file, line: 1, column: 1 },
    }));
}
