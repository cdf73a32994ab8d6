import { defineEmitter, type Emitter } from '../emitter.ts';
import { type Framework, frameworksOf } from '../framework.ts';
import type { EmitSettings } from '../settings.ts';

const define = (name: string, framework: Framework, packages: Emitter['packages']): Emitter<EmitSettings> =>
  defineEmitter<EmitSettings>({
    name,
    api: 1,
    needs: ['client'],
    packages: packages ?? {},
    entries: { [`./${framework}`]: `src/${framework}.ts` },
    emit: async (api, { hooks: wanted, recall }) =>
      (await import('./emit-hooks.ts')).emitHooks(api, framework, frameworksOf(wanted ?? framework), recall),
  });

/** TanStack Query hooks for React, by orval. */
export const hooks = define('hooks', 'react', {
  '@tanstack/react-query': '^5.0.0',
  react: '^18.0.0 || ^19.0.0',
});

/** The same for Vue. */
export const vue = define('hooks-vue', 'vue', { '@tanstack/vue-query': '^5.0.0', vue: '^3.3.0' });

/** The same for Svelte 5. */
export const svelte = define('hooks-svelte', 'svelte', { '@tanstack/svelte-query': '^6.0.0', svelte: '^5.25.0' });
