import { defineEmitter } from '../emitter.ts';
import type { EmitSettings } from '../settings.ts';

/** The handlers of a provider, which inject fills in. No entry point imports them: logic is not published. */
export const handlers = defineEmitter<EmitSettings>({
  name: 'handlers',
  api: 1,
  needs: ['server'],
  emit: async (api) => {
    const [{ emitHandlers }, { chooseNames }] = await Promise.all([
      import('./emit-handlers.ts'),
      import('../views/naming.ts'),
    ]);
    return emitHandlers(api, chooseNames(api));
  },
});
