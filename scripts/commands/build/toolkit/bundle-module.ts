import { join } from 'node:path';
import type { BuildOptions } from 'esbuild';
import { BUNDLE_FOR_NODE } from '../../../../runtime/mock/prism-sources.ts';

/** One module of the packed toolkit or runtime that replaces an npm package and its dependencies. */
export type BundledModule = {
  /** Absolute paths of all modules in it. */
  readonly modules: readonly string[];
  /** The remaining imports. */
  readonly imported: readonly string[];
};

/**
 * Bundles an entry's text to one ECMAScript module for Node.
 * @param outfile absolute path; ends in `.ts` like the module that it replaces, and is written as `.js`
 */
export async function bundleModule(
  root: string,
  entry: string,
  outfile: string,
  more: Pick<BuildOptions, 'alias' | 'external'>,
): Promise<BundledModule> {
  const { build } = await import('esbuild');
  const { metafile } = await build({
    stdin: { contents: entry, resolveDir: root },
    ...BUNDLE_FOR_NODE,
    legalComments: 'none',
    outfile: outfile.replace(/\.ts$/, '.js'),
    metafile: true,
    absWorkingDir: root,
    ...more,
  });
  return {
    modules: Object.keys(metafile.inputs).map((path) => join(root, path)),
    imported: Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path)),
  };
}
