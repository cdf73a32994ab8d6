import { breakLongLines } from '../format/layout/index.ts';
import type { PluginFiles } from '../load/load-plugins.ts';
import { HANDLERS_MODULE, PLUGINS_MODULE, unhandledStatement } from './handlers-module.ts';
import type { inject } from './index.ts';
import { matchSigners } from './match.ts';

/** Whether a provider has plugins. */
export const hasPlugins = ({ signing, hooks, services, logic }: PluginFiles): boolean =>
  [signing, hooks, services, ...logic].some((file) => file !== undefined);

/** The result of `inject` without plugins: ts-morph is not loaded. */
export const injectNothing: typeof inject = (api, files, plugins) => {
  const { diagnostics } = matchSigners(api, [], plugins.shown);
  if (diagnostics.length > 0) return { files, unhandled: [], diagnostics, warnings: [] };
  const unhandled = api.operations.map(({ identifier }) => identifier);
  const ending = `\ntype Services = unknown;\n${unhandledStatement(unhandled)}\n`;
  return {
    // The templates have laid out these files, except for the list of operations.
    files: files.map((file) => {
      if (file.path === HANDLERS_MODULE) return { ...file, text: breakLongLines(file.text + ending), formatted: true };
      return file.path === PLUGINS_MODULE ? { ...file, formatted: true } : file;
    }),
    unhandled,
    diagnostics,
    warnings: [],
  };
};
