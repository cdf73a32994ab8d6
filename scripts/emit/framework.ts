/** The supported frameworks of hooks: TanStack Query for React, for Vue 3 and for Svelte 5. */
export type Framework = 'react' | 'vue' | 'svelte';

/** In the order in which a package lists them. */
const FRAMEWORKS: readonly Framework[] = ['react', 'vue', 'svelte'];

/** The frameworks of a provider's hooks. `true` means React. */
export function frameworksOf(hooks: boolean | Framework | readonly Framework[] = false): readonly Framework[] {
  if (typeof hooks === 'boolean') return hooks ? ['react'] : [];
  const wanted = new Set(typeof hooks === 'string' ? [hooks] : hooks);
  return FRAMEWORKS.filter((framework) => wanted.has(framework));
}
