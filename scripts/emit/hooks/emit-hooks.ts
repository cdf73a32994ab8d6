import type { Recall } from '../../common/recall.ts';
import type { ApiData, File } from '../../model/types.ts';
import type { Framework } from '../framework.ts';
import { documentExports, hookDocs } from '../orval/document-exports.ts';
import { hookOutput } from '../orval/hook-output.ts';
import { banner } from '../views/banner.ts';
import { chooseNames } from '../views/naming.ts';
import { CONTEXTS, contextNames } from './contexts.ts';
import { withTypes } from './with-types.ts';

/** For frameworks that render on servers: hooks and context only work in the browser's part of a page. */
const CLIENT = "'use client';";

/**
 * `react.ts`, `vue.ts` or `svelte.ts`: TanStack Query hooks by orval. `react-client.ts` provides their client.
 *
 * @param frameworks all frameworks of the package, which share names
 */
export async function emitHooks(
  api: ApiData,
  framework: Framework = 'react',
  frameworks: readonly Framework[] = [framework],
  recall?: Recall,
): Promise<readonly File[]> {
  const made = await hookOutput(api, frameworks, recall);
  if (made === undefined) return [];
  const { prefix } = chooseNames(api);
  const head = [...(framework === 'react' ? [CLIENT] : []), banner(api)];
  const typed = withTypes(made.modules.get(framework) ?? '');
  const hooks = [
    ...head,
    ...(api.int64 === 'bigint' ? [`import { toQueryKey } from '@countersign/runtime/${framework}';`] : []),
    `export { ${contextNames(framework, prefix).join(', ')} } from './${framework}-client.ts';`,
    documentExports(api.int64 === 'bigint' ? withTextKeys(typed) : typed, hookDocs(made.hooks)),
  ];
  return [
    { path: `src/${framework}-client.ts`, text: [...head, ...contextLines(framework, prefix)].join('\n') },
    { path: `src/${framework}.ts`, text: hooks.join('\n') },
  ];
}

function contextLines(framework: Framework, prefix: string): readonly string[] {
  const { type, create, named, exports } = CONTEXTS[framework];
  return [
    `import { type ${type}, ${create} } from '@countersign/runtime/${framework}';`,
    `import type { ${prefix}Client } from './client.ts';`,
    '',
    `const context: ${type}<${prefix}Client> = ${create}<${prefix}Client>('${named(prefix)}');`,
    '',
    ...exports(prefix).flatMap(({ name, member, doc }) => [
      `/** ${doc} */`,
      `export const ${name}: typeof context.${member} = context.${member};`,
    ]),
    'export const useCallOperation: typeof context.useCallOperation = context.useCallOperation;',
    '',
  ];
}

/** TanStack Query writes keys as JSON, which has no bigint. */
const withTextKeys = (hooks: string): string =>
  hooks.replace(
    /(QueryKey = \([^)]*\)[^{]* => \{\s*return \[)([^\]]*)(\] as const)/g,
    '$1...toQueryKey([$2] as const)$3',
  );
