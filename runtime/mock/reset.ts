import type { Item } from './memory/collections.ts';

/** The body of `POST /__mock/reset`. */
export type Reset = {
  /** The provider to reset. Default: all providers. */
  readonly provider?: string;
  /** The initial items of a stateful mock: items by the path of their collection, or those in the contract's examples. */
  readonly seed?: 'examples' | Readonly<Record<string, readonly Item[]>>;
};

/**
 * Reads `{ "provider": "petstore", "seed": { "/pets": [{ "id": 1 }] } }`, each part optional.
 *
 * @throws {TypeError} with the problem
 */
export function readReset(value: unknown): Reset {
  if (value === undefined) return {};
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError('The body must be a JSON object: {} or { "provider": "…", "seed": { "/path": [{ … }] } }');
  }
  const { provider, seed } = value as { readonly provider?: unknown; readonly seed?: unknown };
  if (provider !== undefined && typeof provider !== 'string') throw new TypeError('`provider` must be a name.');
  if (seed !== undefined && seed !== 'examples' && !isSeed(seed)) {
    throw new TypeError('`seed` must be "examples", or lists of objects by path: { "/pets": [{ "id": 1 }] }');
  }
  if (seed !== undefined && seed !== 'examples' && provider === undefined) {
    throw new TypeError('`seed` requires `provider`: its paths belong to one provider.');
  }
  return { ...(provider !== undefined && { provider }), ...(seed !== undefined && { seed: seed as 'examples' }) };
}

const isSeed = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.entries(value).every(
    ([path, items]) =>
      path.startsWith('/') &&
      Array.isArray(items) &&
      items.every((item) => typeof item === 'object' && item !== null && !Array.isArray(item)),
  );
