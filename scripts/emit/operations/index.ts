import { defineEmitter } from '../emitter.ts';
import type { EmitSettings } from '../settings.ts';

/** What the runtime must know of each operation, as data. */
export const operations = defineEmitter<EmitSettings>({
  name: 'operations',
  api: 1,
  entries: { './operations': 'src/operations.ts' },
  emit: async (api) => (await import('./emit-operations.ts')).emitOperations(api),
});
