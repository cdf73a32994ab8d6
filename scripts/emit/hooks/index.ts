import { defineEmitter } from '../emitter.ts';
import type { EmitSettings } from '../settings.ts';

/** TanStack Query hooks, by orval. */
export const hooks = defineEmitter<EmitSettings>({
  name: 'hooks',
  api: 1,
  needs: ['client'],
  packages: { '@tanstack/react-query': '^5.0.0', react: '^18.0.0 || ^19.0.0' },
  entries: { './react': 'src/react.ts' },
  emit: async (api) => (await import('./emit-hooks.ts')).emitHooks(api),
});
