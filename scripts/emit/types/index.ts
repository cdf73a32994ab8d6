import { defineEmitter } from '../emitter.ts';
import { modelDigest } from '../model-digest.ts';
import type { EmitSettings } from '../settings.ts';

/** The types of the contract, by openapi-typescript. */
export const types = defineEmitter<EmitSettings>({
  name: 'types',
  api: 1,
  entries: { './types': 'src/types.ts' },
  emit: async (api, { recall, recallPart }) => {
    // `api` itself, because walks over its schemas are shared with the other emitters by its identity.
    const make = async () => (await import('./emit-types.ts')).emitTypes(api, recallPart);
    // The other emitters of the same thread have the same digest.
    return recall === undefined ? make() : recall('types', modelDigest(api), make);
  },
});
