import type { Framework } from '../framework.ts';

/**
 * Corrects what orval makes for Vue and Svelte: each edit only matches code that orval made of names of ours.
 *
 * @throws when orval's code is another than we build on.
 */
export function correctHooks(framework: Framework, made: string): string {
  if (framework === 'vue') return withWholeKeys(made);
  if (framework === 'svelte') return withoutCallbacks(made);
  return made;
}

/** Two providers may have operations of one name, and a page has one cache: for Vue, orval leaves the path's start out. */
const withWholeKeys = (made: string): string => made.replace(/(return \[\s*'POST',\s*)'(op\d+x)'/g, '$1`/$2`');

/** Svelte has no `useCallback`, which orval calls and does not import. */
function withoutCallbacks(made: string): string {
  const text = made.replace(/return useCallback\((\([^)]*\) => \{)/g, 'return $1').replace(/\}, \[op\d+x\]\)/g, '}');
  if (text.includes('useCallback')) throw new Error('orval made other hooks for Svelte than before');
  return text;
}
