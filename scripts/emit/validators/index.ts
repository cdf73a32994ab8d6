import { defineEmitter } from '../emitter.ts';
import type { EmitSettings } from '../settings.ts';

/** A zod schema for each schema and each operation, and a test that their types are those of `types`. */
export const validators = defineEmitter<EmitSettings>({
  name: 'validators',
  api: 1,
  needs: ['types'],
  packages: { zod: '^4.0.0' },
  entries: { './validators': 'src/validators.ts' },
  emit: async (api, { unknownKeys = 'passthrough', formats = {}, recallPart }) => {
    const { emitTypeTests, emitValidators } = await import('./emit-validators.ts');
    return [...emitValidators(api, { unknownKeys, formats }, recallPart), ...emitTypeTests(api)];
  },
});
