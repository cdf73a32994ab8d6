import { defineEmitter } from '../emitter.ts';
import type { EmitSettings } from '../settings.ts';

/** The signers and hooks of a provider, which inject fills in. */
export const plugins = defineEmitter<EmitSettings>({
  name: 'plugins',
  api: 1,
  emit: async (api) => {
    const [{ emitPlugins }, { chooseNames }] = await Promise.all([
      import('./emit-plugins.ts'),
      import('../views/naming.ts'),
    ]);
    return emitPlugins(api, chooseNames(api));
  },
});
