import { defineEmitter } from '../emitter.ts';
import type { EmitSettings } from '../settings.ts';

/** A class and a guard for each code that the envelope names. */
export const errors = defineEmitter<EmitSettings>({
  name: 'errors',
  api: 1,
  emit: async (api) => {
    const [{ emitErrors }, { chooseNames }] = await Promise.all([
      import('./emit-errors.ts'),
      import('../views/naming.ts'),
    ]);
    return emitErrors(api, chooseNames(api));
  },
});
