import { defineEmitter } from '../emitter.ts';
import { frameworksOf } from '../framework.ts';
import type { EmitSettings } from '../settings.ts';

/** MSW handlers that return the examples of the contract, by orval. */
export const msw = defineEmitter<EmitSettings>({
  name: 'msw',
  api: 1,
  needs: ['types', 'operations'],
  packages: { msw: '^2.0.0 || ^3.0.0' },
  entries: { './msw': 'src/msw.ts' },
  emit: async (api, { hooks = true, recall }) =>
    (await import('./emit-msw.ts')).emitMsw(api, frameworksOf(hooks), recall),
});
