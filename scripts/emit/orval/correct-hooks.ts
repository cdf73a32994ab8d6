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

/**
 * Adds the provider to keys of Vue: orval omits the start of the path there. Two providers may have operations of the
 * same name, and a page has one cache.
 */
const withWholeKeys = (made: string): string => made.replace(/(return \[\s*'POST',\s*)'(op\d+x)'/g, '$1`/$2`');

/** Removes `useCallback`, which orval calls without importing it. Svelte has no such function. */
function withoutCallbacks(made: string): string {
  const text = made.replace(/return useCallback\((\([^)]*\) => \{)/g, 'return $1').replace(/\}, \[op\d+x\]\)/g, '}');
  if (text.includes('useCallback')) throw new Error('orval made other hooks for Svelte than before');
  return text;
}
