import { join } from 'node:path';
import { collectNotices } from '../notices.ts';
import { bundleModule } from './bundle-module.ts';

/** The module of `scripts/` that loads orval. */
export const LOAD_ORVAL = 'emit/orval/load-orval.ts';

const ENTRY = `
import { generate } from 'orval';
export const loadOrval = async () => ({ generate });
`;

/** Loaded at run time as dependencies of the toolkit: code that finds files beside itself cannot be bundled. */
const EXTERNAL = ['esbuild', 'jiti', 'typescript'];

/**
 * Bundles orval into one module of the packed toolkit, with the licences of its contents. Installed from npm, its
 * dependencies would print warnings to users of Node 20, although the toolkit runs on the project's own Node.
 * @returns the packages that the module imports, and the licences for the end of LICENSE
 */
export async function bundleOrval(
  root: string,
  toolkit: string,
): Promise<{ readonly imported: readonly string[]; readonly notices: string }> {
  const outfile = join(toolkit, 'scripts', LOAD_ORVAL);
  const { modules, imported } = await bundleModule(root, ENTRY, outfile, { external: EXTERNAL });
  return { imported: EXTERNAL.filter((name) => imported.includes(name)), notices: await collectNotices(modules) };
}
