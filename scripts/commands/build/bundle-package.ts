import { join, relative } from 'node:path';
import type { Rolldown } from 'tsdown';
import type { Declarations } from './declarations.ts';
import type { Entry } from './entries.ts';

/** Packages that are bundled in addition to relative imports. All other packages stay imports, and must be peers. */
const BUNDLED = [
  /^@countersign\/runtime(\/|$)/,
  /^@noble\/hashes(\/|$)/,
  /^openapi-fetch$/,
  /^openapi-typescript-helpers$/,
];

/** One package to bundle. */
export type BundleTask = {
  readonly root: string;
  readonly folder: string;
  readonly entries: readonly Entry[];
  readonly peers: readonly string[];
  readonly declarations: Declarations;
  readonly into: string;
};

/**
 * Bundles one package's code and declarations: ECMAScript modules with source maps, which include the runtime and the
 * signer.
 * @returns absolute paths of all bundled modules
 */
export async function bundlePackage(task: BundleTask): Promise<readonly string[]> {
  const { root, folder, entries, peers, declarations, into } = task;
  const { build } = await import('tsdown');
  const modules = new Set<string>();
  const shared = {
    config: false as const,
    outDir: into,
    format: 'esm' as const,
    platform: 'neutral' as const,
    clean: false,
    logLevel: 'error' as const,
    outExtensions: () => ({ js: '.js', dts: '.d.ts' }),
    deps: {
      alwaysBundle: BUNDLED,
      neverBundle: peers.flatMap((name) => [name, new RegExp(`^${escaped(name)}/`)]),
      onlyBundle: false as const,
    },
  };
  await build({
    ...shared,
    cwd: folder,
    entry: Object.fromEntries(entries.map(({ module }) => [module, `src/${module}.ts`])),
    target: 'es2022',
    tsconfig: false,
    dts: false,
    sourcemap: true,
    plugins: [collectModules(modules)],
  });
  const emitted = join(declarations.folder, relative(root, folder));
  await build({
    ...shared,
    cwd: emitted,
    entry: Object.fromEntries(entries.map(({ module }) => [module, `src/${module}.d.ts`])),
    tsconfig: false,
    dts: { dtsInput: true, emitDtsOnly: true, tsconfig: false },
  });
  return [...modules].sort();
}

function collectModules(modules: Set<string>): Rolldown.Plugin {
  return {
    name: 'collect-modules',
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type === 'chunk') for (const id of chunk.moduleIds) modules.add(id.replace(/\?.*$/, ''));
      }
    },
  };
}

const escaped = (text: string): string => text.replace(/[/\-.]/g, '\\$&');
