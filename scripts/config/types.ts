import type { Role } from '../commands/diff/types.ts';
import type { Emitter } from '../emit/emitter.ts';
import type { Framework } from '../emit/framework.ts';

/** `countersign.config.ts`: `export default defineConfig({ … })`. Everything has a default; the file may be missing. */
export type Config = {
  /** npm scope of the generated packages. Default `@countersign`. */
  readonly scope?: string;
  /** Where things are, from the repository's root. Defaults: `specs`, `plugins`, `generated`. */
  readonly folders?: { readonly specs?: string; readonly plugins?: string; readonly generated?: string };
  /** By folder name below `specs/`. */
  readonly providers?: { readonly [provider: string]: ProviderConfig };
  /** Emitters of your own, or of a package, that make further files for every provider. Default none. */
  readonly emitters?: readonly EmitterUse[];
  readonly release?: ReleaseConfig;
};

/** An emitter, or an emitter and its settings. */
export type EmitterUse = Emitter | readonly [emitter: Emitter, settings: unknown];

/** Settings of one provider. */
export type ProviderConfig = {
  /** Which end the package's users hold; it decides what breaks them. Default `caller`, and `receiver` for webhooks.
   * Written out, `caller` also says that only webhooks need handlers. */
  readonly role?: Role;
  /** The next version is at least this one: how a package leaves 0.x. */
  readonly atLeast?: string;
  /**
   * Makes hooks of TanStack Query and MSW handlers (`./msw`), by orval. `true` and `'react'` make `./react`, `'vue'` makes
   * `./vue` for Vue 3, `'svelte'` makes `./svelte` for Svelte 5; a list makes several. Default false.
   */
  readonly hooks?: boolean | Framework | readonly Framework[];
  /** Emitters for this provider, besides those for all. */
  readonly emitters?: readonly EmitterUse[];
  /**
   * How `openapi.yaml` is checked. Default `strict`, for contracts of one's own; `essential`, for other people's
   * documents, reports their style as warnings and rejects only what would generate wrong code.
   */
  readonly lint?: 'strict' | 'essential';
  /**
   * Hosts, without port, whose files a `$ref` may name by URL. They are fetched when the package is made anew: after a
   * change here or in the spec, or by `--force`. Default none: no connection is made.
   */
  readonly allowHosts?: readonly string[];
  /**
   * What happens to members that an object's schema neither names nor forbids. Default: validators pass them through
   * (`passthrough`), and a server leaves them out of its responses (`strip`). A server never sends `writeOnly` members.
   */
  readonly unknownKeys?: 'passthrough' | 'strip';
  /**
   * The TypeScript type of integers with `format: int64`; on the wire they are JSON numbers. `bigint` and `string` (decimal
   * digits) hold all 64 bits. With `number`, the default, a value beyond 2^53 - 1 is a validation error.
   */
  readonly int64?: 'number' | 'bigint' | 'string';
  /** Formats of which validators take more than the standard says. Default: what RFC 3339 says. */
  readonly formats?: {
    /** `fractions` takes `PT1.5S`, too (ISO 8601). */
    readonly duration?: 'standard' | 'fractions';
    /** `optionalOffset` takes `12:00:00`, too. */
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
  /** Say where and how the package was built; npm does this in CI only. Default false. */
  readonly provenance?: boolean;
  /** What must succeed before anything is published. Default `npm test`. */
  readonly test?: string;
};

/**
 * Checks the type of a configuration and returns it.
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
