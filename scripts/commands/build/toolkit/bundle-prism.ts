import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PRISM_ALIAS, PRISM_ENTRY } from '../../../../runtime/mock/prism-sources.ts';
import { collectNotices } from '../notices.ts';
import { bundleModule } from './bundle-module.ts';

/** The module of the runtime that requires Prism. */
const REQUIRE_PRISM = 'mock/require-prism.ts';

/** The modules that the bundle replaces. */
export const PRISM_MODULES: readonly string[] = [REQUIRE_PRISM, 'mock/prism-sources.ts'];

/**
 * Bundles Prism into one module of the packed runtime, with the licences of its contents. Installed from npm, Prism
 * would bring `@scarf/scarf`, whose install script reports each install, and packages whose `engines` npm compares with
 * the user's Node.
 */
export async function bundlePrism(root: string, runtime: string): Promise<void> {
  const { modules } = await bundleModule(root, PRISM_ENTRY, join(runtime, REQUIRE_PRISM), {
    alias: PRISM_ALIAS,
  });
  await appendFile(join(runtime, 'LICENSE'), await collectNotices(modules));
}
