import { defineEmitter } from '../emitter.ts';
import type { EmitSettings } from '../settings.ts';

/** The contract that handlers fulfil, and the server that calls them. */
export const server = defineEmitter<EmitSettings>({
  name: 'server',
  api: 1,
  needs: ['types', 'operations', 'validators', 'plugins'],
  packages: { hono: '^4.0.0' },
  entries: { './server': 'src/server.ts' },
  emit: async (api, { unknownKeys }) => {
    const [{ emitServer }, { chooseNames }] = await Promise.all([
      import('./emit-server.ts'),
      import('../views/naming.ts'),
    ]);
    return emitServer(api, chooseNames(api), unknownKeys);
  },
});
