import type { ApiData, File } from '../../model/types.ts';
import { documentExports, hookDocs } from '../orval/document-exports.ts';
import { hookOutput } from '../orval/hook-output.ts';
import { banner } from '../views/banner.ts';
import { chooseNames } from '../views/naming.ts';
import { withTypes } from './with-types.ts';

/** For frameworks that render on servers: hooks and context are of the browser's part of a page. */
const CLIENT = "'use client';";

/** `react.ts`: TanStack Query hooks by orval; `react-client.ts` gives them the client that they call. */
export async function emitHooks(api: ApiData): Promise<readonly File[]> {
  const made = await hookOutput(api);
  if (made === undefined) return [];
  const { prefix } = chooseNames(api);
  const context = [
    CLIENT,
    banner(api),
    "import { type ClientContext, createClientContext } from '@countersign/runtime/react';",
    `import type { ${prefix}Client } from './client.ts';`,
    '',
    `const context: ClientContext<${prefix}Client> = createClientContext<${prefix}Client>('${prefix}Provider');`,
    '',
    '/** Gives the hooks below it the client that they call. */',
    `export const ${prefix}Provider: typeof context.Provider = context.Provider;`,
    '/** The client of the provider above. It throws where there is none. */',
    `export const use${prefix}Client: typeof context.useClient = context.useClient;`,
    'export const useCallOperation: typeof context.useCallOperation = context.useCallOperation;',
    '',
  ].join('\n');
  const typed = withTypes(made.react);
  const react = [
    CLIENT,
    banner(api),
    ...(api.int64 === 'bigint' ? ["import { toQueryKey } from '@countersign/runtime/react';"] : []),
    `export { ${prefix}Provider, use${prefix}Client } from './react-client.ts';`,
    documentExports(api.int64 === 'bigint' ? withTextKeys(typed) : typed, hookDocs(made.hooks)),
  ].join('\n');
  return [
    { path: 'src/react-client.ts', text: context },
    { path: 'src/react.ts', text: react },
  ];
}

/** TanStack Query writes keys as JSON, which has no bigint. */
const withTextKeys = (react: string): string =>
  react.replace(
    /(QueryKey = \([^)]*\)[^{]* => \{\s*return \[)([^\]]*)(\] as const)/g,
    '$1...toQueryKey([$2] as const)$3',
  );
