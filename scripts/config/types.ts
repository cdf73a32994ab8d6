import type { Role } from '../commands/diff/types.ts';
import type { Emitter } from '../emit/emitter.ts';
import type { Framework } from '../emit/framework.ts';

/**
 * `countersign.config.ts`: `export default defineConfig({ … })`. Every setting has a default, and the file is optional.
 */
export type Config = {
  /** npm scope of the generated packages. Default `@countersign`. */
  readonly scope?: string;
  /** Folders, relative to the repository's root. Defaults: `specs`, `plugins`, `generated`. */
  readonly folders?: { readonly specs?: string; readonly plugins?: string; readonly generated?: string };
  /** By folder name below `specs/`. */
  readonly providers?: { readonly [provider: string]: ProviderConfig };
  /** Emitters of your own or of a package, which generate additional files for every provider. Default none. */
  readonly emitters?: readonly EmitterUse[];
  readonly release?: ReleaseConfig;
};

/** An emitter, or an emitter and its settings. */
export type EmitterUse = Emitter | readonly [emitter: Emitter, settings: unknown];

/** Settings of one provider. */
export type ProviderConfig = {
  /**
   * Whether the package's users call the API or receive its calls. This decides which changes are breaking. Default
   * `caller`, and `receiver` for webhooks. An explicit `caller` also means that only webhooks need handlers.
   */
  readonly role?: Role;
  /** The minimum for the next version: a package leaves 0.x by this setting. */
  readonly atLeast?: string;
  /**
   * Generates hooks for TanStack Query and MSW handlers (`./msw`) with orval. `true` and `'react'` generate `./react`,
   * `'vue'` generates `./vue` for Vue 3, `'svelte'` generates `./svelte` for Svelte 5. A list generates several.
   * Default false.
   */
  readonly hooks?: boolean | Framework | readonly Framework[];
  /** Additional emitters of this provider. */
  readonly emitters?: readonly EmitterUse[];
  /**
   * How `openapi.yaml` is checked. Default `strict`, for your own contracts. `essential`, for external documents,
   * reports style as warnings and rejects only what would generate wrong code.
   */
  readonly lint?: 'strict' | 'essential';
  /**
   * Hosts, without port, whose files a `$ref` may name by URL. They are fetched when the package is generated: after a
   * change here or in the spec, or with `--force`. Default none: no connection is opened.
   */
  readonly allowHosts?: readonly string[];
  /**
   * How to treat properties that an object's schema neither names nor forbids. Default: validators accept them
   * (`passthrough`), and a server removes them from its responses (`strip`). A server never sends `writeOnly`
   * properties.
   */
  readonly unknownKeys?: 'passthrough' | 'strip';
  /**
   * The TypeScript type of integers with `format: int64`. On the wire they are JSON numbers. `bigint` and `string`
   * (decimal digits) represent all 64 bits. With `number`, the default, a value beyond 2^53 - 1 is a validation error.
   */
  readonly int64?: 'number' | 'bigint' | 'string';
  /** Formats for which validators accept more than the standard. Default: the definition of RFC 3339. */
  readonly formats?: {
    /** `fractions` also accepts `PT1.5S` (ISO 8601). */
    readonly duration?: 'standard' | 'fractions';
    /** `optionalOffset` also accepts `12:00:00`. */
    readonly time?: 'standard' | 'optionalOffset';
  };
};

/** How packages are published. */
export type ReleaseConfig = {
  /** Default: npm's own setting. */
  readonly registry?: string;
  /** Default `public`. */
  readonly access?: 'public' | 'restricted';
  /** npm dist-tag. Default `latest`. */
  readonly tag?: string;
  /** Publish a statement of where and how the package was built. npm supports this only in CI. Default false. */
  readonly provenance?: boolean;
  /** The command that must succeed before anything is published. Default `npm test`. */
  readonly test?: string;
};

/**
 * Type-checks a configuration and returns it.
 *
 * @example
 * ```ts
 * export default defineConfig({
 *   providers: { 'dicey-fun': { hooks: true } },
 *   release: { registry: 'https://npm.example.com' },
 * });
 * ```
 */
export function defineConfig(config: Config): Config {
  return config;
}
