import { join } from 'node:path';
import { collectNotices } from '../notices.ts';
import { bundleModule } from './bundle-module.ts';

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
  const outfile = join(toolkit, 'scripts', LOAD_ORVAL);
  const { modules, imported } = await bundleModule(root, ENTRY, outfile, { external: EXTERNAL });
  return { imported: EXTERNAL.filter((name) => imported.includes(name)), notices: await collectNotices(modules) };
}
