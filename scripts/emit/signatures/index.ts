import { defineEmitter } from '../emitter.ts';
import type { EmitSettings } from '../settings.ts';

/** A test for each test vector in the contract. */
export const signatures = defineEmitter<EmitSettings>({
  name: 'signatures',
  api: 1,
  needs: ['operations', 'plugins'],
  emit: async (api) => (await import('./emit-signatures.ts')).emitSignatures(api),
});
