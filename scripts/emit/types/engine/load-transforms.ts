import { createRequire, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { Transforms } from './engine.ts';

/** Modules with this address are a second copy, so that other users of openapi-typescript get theirs unchanged. */
const OURS = '?countersign';

const REPLACED: ReadonlyMap<string, string> = new Map([
  ['typescript', new URL('./typescript.ts', import.meta.url).href],
  ['@redocly/openapi-core/lib/ref-utils.js', new URL('./ref-utils.ts', import.meta.url).href],
]);

async function loadTransforms(): Promise<Transforms> {
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      if (context.parentURL?.endsWith(OURS) !== true) return next(specifier, context);
      const found = next(REPLACED.get(specifier) ?? specifier, context);
      return specifier.startsWith('.') ? { ...found, url: `${found.url}${OURS}` } : found;
    },
  });
  try {
    const path = createRequire(import.meta.url).resolve('openapi-typescript/dist/transform/index.js');
    return (await import(`${pathToFileURL(path)}${OURS}`)) as Transforms;
  } finally {
    hooks.deregister();
  }
}

/**
 * openapi-typescript's transforms with our syntax nodes instead of the package `typescript`. Undefined if they cannot be
 * loaded: a later version of openapi-typescript may need more than the replaced modules have. The toolkit's bundle
 * replaces this module by the transforms themselves.
 */
export const transforms: Transforms | undefined = await loadTransforms().catch(() => undefined);
