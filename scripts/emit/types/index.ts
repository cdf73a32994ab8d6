import { makeAlways } from '../../common/recall.ts';
import { defineEmitter } from '../emitter.ts';
import type { EmitSettings } from '../settings.ts';

/** The types of the contract, by openapi-typescript. */
export const types = defineEmitter<EmitSettings>({
  name: 'types',
  api: 1,
  entries: { './types': 'src/types.ts' },
  emit: async (api, { recall = makeAlways }) => {
    const { locate: _, ...data } = api;
    // `api` itself, because walks over its schemas are shared with the other emitters by its identity.
    return recall('types', data, async () => (await import('./emit-types.ts')).emitTypes(api));
  },
});
