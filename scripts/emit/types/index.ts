import { makeAlways } from '../../common/recall.ts';
import { defineEmitter } from '../emitter.ts';
import type { EmitSettings } from '../settings.ts';

/** The types of the contract, by openapi-typescript. */
export const types = defineEmitter<EmitSettings>({
  name: 'types',
  api: 1,
  entries: { './types': 'src/types.ts' },
  emit: async ({ locate: _, ...api }, { recall = makeAlways }) =>
    recall('types', api, async () => (await import('./emit-types.ts')).emitTypes(api)),
});
