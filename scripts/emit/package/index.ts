import { defineEmitter } from '../emitter.ts';
import type { PackageSettings } from '../settings.ts';

/** `package.json`: one npm package per provider. */
export const packageFile = defineEmitter<PackageSettings>({
  name: 'package',
  api: 1,
  emit: async (api, settings) => (await import('./emit-package.ts')).emitPackage(api, settings),
});
