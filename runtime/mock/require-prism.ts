import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { dirname, join } from 'node:path';
import type * as HttpSpec from '@stoplight/http-spec/oas3/operation';
import type * as Json from '@stoplight/json';
import type * as Core from '@stoplight/prism-core';
import type * as Mocker from '@stoplight/prism-http/dist/mocker/index.js';
import type * as Esbuild from 'esbuild';
import { BUNDLE_FOR_NODE, PRISM_ALIAS, PRISM_ENTRY } from './prism-sources.ts';

type RefParser = new () => { dereference(document: object): Promise<object> };

/** The modules of Prism that the mock uses. */
export type PrismModules = {
  readonly core: typeof Core;
  readonly mocker: typeof Mocker;
  readonly httpSpec: typeof HttpSpec;
  readonly json: typeof Json;
  readonly RefParser: RefParser;
};

/**
 * Prism's modules: 700 files, or a bundle of them, which is made after each install and kept in a cache. A packed runtime
 * replaces this module by the bundle.
 */
export function requirePrism(): PrismModules {
  // They are CommonJS; required, they are the same wherever this module runs.
  const require = createRequire(import.meta.url);
  const bundle = bundleFor(require);
  // Without a cache that can be written, the start is only slower.
  try {
    if (bundle && !existsSync(bundle)) writeBundle(require, bundle);
    if (bundle) return (require(bundle) as { requirePrism(): PrismModules }).requirePrism();
  } catch {}
  return requireEach(require);
}

/** The modules as they are installed; of the texts that Prism makes up, one language instead of seventy. */
function requireEach(require: NodeJS.Require): PrismModules {
  const hooks = registerHooks({
    resolve: (specifier, context, next) => next(PRISM_ALIAS[specifier] ?? specifier, context),
  });
  try {
    return {
      core: require('@stoplight/prism-core'),
      mocker: require('@stoplight/prism-http/dist/mocker/index.js'),
      httpSpec: require('@stoplight/http-spec/oas3/operation'),
      json: require('@stoplight/json'),
      RefParser: require('@stoplight/json-schema-ref-parser'),
    };
  } finally {
    hooks.deregister();
  }
}

/** The file of the bundle. npm rewrites its hidden lock when any package changes; undefined: installed otherwise. */
function bundleFor(require: NodeJS.Require): string | undefined {
  const [installed = ''] = /^.*[\\/]node_modules(?=[\\/])/.exec(require.resolve('@stoplight/prism-core')) ?? [];
  const lock = join(installed, '.package-lock.json');
  if (!existsSync(lock)) return undefined;
  const hash = createHash('sha256').update(PRISM_ENTRY).update(readFileSync(lock)).digest('hex').slice(0, 16);
  return join(installed, '.cache/countersign/prism', `${hash}.mjs`);
}

/** Written completely or not at all. */
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
