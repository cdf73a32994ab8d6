import type { ApiData, File } from '../../model/types.ts';
import { banner } from '../views/banner.ts';
import { chooseNames } from '../views/naming.ts';
import { describeHooks } from './describe.ts';
import { chooseHookNames } from './hook-names.ts';
import { writeMswFile } from './msw-file.ts';
import { runOrval } from './run-orval.ts';

/**
 * `react.ts` (TanStack Query hooks) and `msw.ts` (MSW handlers), by orval. It is given no string of
 * the spec, and names of its own, which ours replace in what it made; the hooks' calls go through the client, and their types are the client's.
 *
 * @throws when orval made other names or code than we build on.
 */
export async function emitHooks(api: ApiData): Promise<readonly File[]> {
  const { prefix, operation } = chooseNames(api);
  const described = api.operations.map((each) => describeHooks(api, each, operation(each)));
  const names = chooseHookNames(prefix, described);
  const hooks = described.map((each) => ({ ...each, hookName: names.get(each.identifier) ?? '' }));
  if (hooks.length === 0) return [];
  const made = await runOrval(api.provider, hooks);
  const context = [
    banner(api),
    "import { createClientContext } from '@countersign/runtime/react';",
    `import type { ${prefix}Client } from './client.ts';`,
    '',
    `const context = createClientContext<${prefix}Client>('${prefix}Provider');`,
    '',
    '/** Gives the hooks below it the client that they call. */',
    `export const ${prefix}Provider = context.Provider;`,
    `export const use${prefix}Client = context.useClient;`,
    'export const useCallOperation = context.useCallOperation;',
    '',
  ].join('\n');
  const react = [
    banner(api),
    `export { ${prefix}Provider, use${prefix}Client } from './react-client.ts';`,
    made.react,
  ].join('\n');
  return [
    { path: 'src/react-client.ts', text: context },
    { path: 'src/react.ts', text: react },
    { path: 'src/msw.ts', text: writeMswFile(api, prefix, hooks, made.msw) },
  ];
}
