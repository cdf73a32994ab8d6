import { makeAlways } from '../../common/recall.ts';
import { defineEmitter } from '../emitter.ts';
import { emittedModel } from '../model-digest.ts';
import type { EmitSettings } from '../settings.ts';

/** The types of the contract, by openapi-typescript. */
export const types = defineEmitter<EmitSettings>({
  name: 'types',
  api: 1,
  entries: { './types': 'src/types.ts' },
  emit: async (api, { recall = makeAlways }) => {
    // `api` itself, because walks over its schemas are shared with the other emitters by its identity.
    return recall('types', emittedModel(api), async () => (await import('./emit-types.ts')).emitTypes(api));
  },
});
