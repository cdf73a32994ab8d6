import { defineEmitter } from '../emitter.ts';
import type { EmitSettings } from '../settings.ts';

/** The typed client. */
export const client = defineEmitter<EmitSettings>({
  name: 'client',
  api: 1,
  needs: ['types', 'operations', 'validators', 'errors', 'plugins'],
  emit: async (api) => {
    const [{ emitClient }, { chooseNames }] = await Promise.all([
      import('./emit-client.ts'),
      import('../views/naming.ts'),
    ]);
    return emitClient(api, chooseNames(api));
  },
});
