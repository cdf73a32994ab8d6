import { defineEmitter } from '../emitter.ts';
import type { EmitSettings } from '../settings.ts';

/** The package's main entry point: all that a caller needs. */
export const entry = defineEmitter<EmitSettings>({
  name: 'entry',
  api: 1,
  needs: ['types', 'operations', 'errors', 'client'],
  entries: { '.': 'src/index.ts' },
  emit: async (api) => {
    const [{ emitIndex }, { chooseNames }] = await Promise.all([
      import('./emit-index.ts'),
      import('../views/naming.ts'),
    ]);
    return emitIndex(api, chooseNames(api));
  },
});
