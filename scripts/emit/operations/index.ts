import { defineEmitter } from '../emitter.ts';
import type { EmitSettings } from '../settings.ts';

/** The data of each operation for the runtime. */
export const operations = defineEmitter<EmitSettings>({
  name: 'operations',
  api: 1,
  entries: { './operations': 'src/operations.ts' },
  emit: async (api) => (await import('./emit-operations.ts')).emitOperations(api),
});
