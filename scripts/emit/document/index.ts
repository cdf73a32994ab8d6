import { defineEmitter } from '../emitter.ts';
import type { EmitSettings } from '../settings.ts';
import { documentText } from './document-text.ts';

/** `openapi.json`: the contract as other tools can read it, bundled and expanded. */
export const document = defineEmitter<EmitSettings>({
  name: 'document',
  api: 1,
  entries: { './openapi.json': 'openapi.json' },
  emit: (api) => [{ path: 'openapi.json', text: documentText(api.document), formatted: true }],
});
