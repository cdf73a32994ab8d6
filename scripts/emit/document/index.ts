import type { Api, File } from '../../model/types.ts';

/** `openapi.json`: the contract as other tools can read it, bundled and expanded. */
export function emitDocument(api: Api): readonly File[] {
  return [{ path: 'openapi.json', text: `${JSON.stringify(api.document, undefined, 2)}\n`, formatted: true }];
}
