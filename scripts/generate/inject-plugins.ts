import { InputError } from '../common/diagnostics/diagnostic.ts';
import { makeAlways } from '../common/recall.ts';
import type { Injected } from '../inject/index.ts';
import type { PluginFiles } from '../load/load-plugins.ts';
import type { Api, File } from '../model/types.ts';
import { type EarlierRun, openEarlier } from './earlier.ts';

/**
 * Adds the plugins to the composition files. The result of an earlier run stays valid while operations keep their names:
 * ts-morph takes as long to load as most other steps together.
 *
 * @param target the folder of the package
 * @throws {InputError} if plugins and contract do not match
 */
export async function injectPlugins(
  { operations, securitySchemes, locate }: Api,
  emitted: readonly File[],
  plugins: PluginFiles,
  target: string,
  earlier: EarlierRun | undefined,
): Promise<Injected> {
  const contract = { securitySchemes, operations: operations.map(({ identifier }) => ({ identifier })) };
  const { hasPlugins, injectNothing } = await import('../inject/without-plugins.ts');
  const isUsed = hasPlugins(plugins);
  // Without plugins, the digest of the files takes longer than the injection.
  const injections = isUsed && earlier !== undefined ? openEarlier(earlier, 'inject') : undefined;
  const injected = await (injections?.recall ?? makeAlways)(
    'inject',
    [contract, emitted, plugins, target],
    async () => {
      const inject = isUsed ? (await import('../inject/index.ts')).inject : injectNothing;
      const made = inject({ ...contract, locate }, emitted, plugins, target);
      // Errors are thrown, so that no result is stored: their locations may change with the spec.
      if (made.diagnostics.length > 0) throw new InputError(made.diagnostics, plugins.texts);
      return made;
    },
  );
  injections?.save();
  return injected;
}
