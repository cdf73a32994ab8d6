import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type * as HttpSpec from '@stoplight/http-spec/oas3/operation';
import type * as Negotiator from '@stoplight/prism-http/dist/mocker/negotiator/NegotiatorHelpers.js';
import type * as Esbuild from 'esbuild';
import { BUNDLE_FOR_NODE, bundleFileFor, PRISM, PRISM_ALIAS, PRISM_ENTRY } from './prism-sources.ts';

/** The modules of Prism that the mock uses. */
export type PrismModules = {
  /** Chooses the example of a response. */
  readonly negotiator: typeof Negotiator.default;
  /** Reads the operations of a document. */
  readonly httpSpec: typeof HttpSpec;
};

/**
 * Loads the modules of Prism: 100 files, or a bundle of them, which is created after each install and stored in a
 * cache. A packed runtime replaces this module by the bundle.
 */
export function requirePrism(): PrismModules {
  // They are CommonJS modules. With `require`, they are the same wherever this module runs.
  const require = createRequire(import.meta.url);
  const bundle = bundleFileFor(require.resolve(PRISM.negotiator), 'prism', PRISM_ENTRY);
  // If the cache cannot be written, only the start is slower.
  try {
    if (bundle && !existsSync(bundle)) writeBundle(require, bundle);
    if (bundle) return (require(bundle) as { requirePrism(): PrismModules }).requirePrism();
  } catch {}
  return requireEach(require);
}

/** Loads the modules as they are installed. */
const requireEach = (require: NodeJS.Require): PrismModules => ({
  negotiator: require(PRISM.negotiator),
  httpSpec: require(PRISM.httpSpec),
});

/** Writes the bundle completely or not at all. */
function writeBundle(require: NodeJS.Require, file: string): void {
  const { buildSync } = require('esbuild') as typeof Esbuild;
  const { outputFiles } = buildSync({
    stdin: { contents: PRISM_ENTRY, resolveDir: import.meta.dirname },
    ...BUNDLE_FOR_NODE,
    write: false,
    logLevel: 'silent',
    alias: PRISM_ALIAS,
  });
  const temporary = `${file}.${process.pid}`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(temporary, outputFiles[0]?.contents ?? '');
  renameSync(temporary, file);
}
