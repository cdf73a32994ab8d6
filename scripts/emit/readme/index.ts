import { defineEmitter } from '../emitter.ts';
import type { PackageSettings } from '../settings.ts';

/** `README.md` of the package. */
export const readme = defineEmitter<PackageSettings>({
  name: 'readme',
  api: 1,
  emit: async (api, settings) => (await import('./emit-readme.ts')).emitReadme(api, settings),
});
