import { join } from 'node:path';
import { BANNER, DEFINE, ownModules, type Placed } from './plugin.ts';

/** First modules of the bundle by their names: of the command and of each thread. */
const ENTRIES = {
  main: 'scripts/main.ts',
  providers: 'scripts/generate/workers/providers.ts',
  tools: 'scripts/generate/workers/tools.ts',
  beside: 'scripts/generate/workers/beside.ts',
} as const;

/** The first module of the command. */
export const MAIN = 'main.mjs';

/**
 * Bundles the modules of `generate` into a few chunks, because linking 549 modules takes a fifth of a run for one changed
 * spec. Chunks are loaded when they are needed, as the modules were.
 *
 * @param into the folder of the bundle
 * @returns absolute paths of all modules in it
 * @throws if a module cannot be bundled, for example after an update of a package
 */
export async function bundleOwn(placed: Placed, into: string): Promise<readonly string[]> {
  const { root, mapped } = placed;
  const { build } = await import('esbuild');
  const { metafile } = await build({
    entryPoints: Object.entries(ENTRIES).map(([out, path]) => ({ in: join(root, path), out })),
    // Evaluated before all others.
    inject: mapped ? [join(root, 'scripts/commands/build/own/source-places.ts')] : [],
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'es2024',
    outdir: into,
    outExtension: { '.js': '.mjs' },
    sourcemap: mapped ? 'external' : false,
    sourcesContent: false,
    legalComments: 'none',
    logLevel: 'silent',
    metafile: true,
    absWorkingDir: root,
    banner: { js: BANNER },
    define: DEFINE,
    plugins: [ownModules(placed)],
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
  });
  return Object.keys(metafile.inputs)
    .filter((path) => !path.includes(':'))
    .map((path) => join(root, path));
}
