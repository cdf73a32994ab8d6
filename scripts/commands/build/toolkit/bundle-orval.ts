import { join } from 'node:path';
import { collectNotices } from '../notices.ts';

/** The module of `scripts/` that loads orval. */
export const LOAD_ORVAL = 'emit/orval/load-orval.ts';

const ENTRY = `
import { generate } from 'orval';
export const loadOrval = async () => ({ generate });
`;

/** Loaded at run time, and dependencies of the toolkit: what finds files beside itself cannot be bundled. */
const EXTERNAL = ['esbuild', 'jiti', 'typescript'];

/**
 * Orval as one module of the packed toolkit, with the licences of what is in it. Installed from npm, packages that it
 * brings would make npm warn whoever installs by Node 20, though the toolkit runs on the project's own Node.
 * @returns the packages that the module imports, and the licences for the end of LICENSE
 */
export async function bundleOrval(
  root: string,
  toolkit: string,
): Promise<{ readonly imported: readonly string[]; readonly notices: string }> {
  const { build } = await import('esbuild');
  const { metafile } = await build({
    stdin: { contents: ENTRY, resolveDir: root },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'es2024',
    charset: 'utf8',
    minifyWhitespace: true,
    legalComments: 'none',
    outfile: join(toolkit, 'scripts', LOAD_ORVAL.replace(/\.ts$/, '.js')),
    metafile: true,
    absWorkingDir: root,
    external: EXTERNAL,
    banner: {
      js: "import { createRequire as csRequire } from 'node:module';\nconst require = csRequire(import.meta.url);",
    },
  });
  const modules = Object.keys(metafile.inputs).map((path) => join(root, path));
  const imported = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  return { imported: EXTERNAL.filter((name) => imported.includes(name)), notices: await collectNotices(modules) };
}
