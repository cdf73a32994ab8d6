import { defineEmitter } from '../emitter.ts';
import type { EmitSettings } from '../settings.ts';

/** A test of each test vector that the contract has. */
export const signatures = defineEmitter<EmitSettings>({
  name: 'signatures',
  api: 1,
  needs: ['operations', 'plugins'],
  emit: async (api) => (await import('./emit-signatures.ts')).emitSignatures(api),
});
