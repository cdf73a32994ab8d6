import type { Framework } from '../framework.ts';

/**
 * Corrects orval's code for Vue and Svelte. Each edit only matches code with our placeholder names.
 *
 * @throws if orval's code differs from what is expected.
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
