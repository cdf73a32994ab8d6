import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The modules of Prism that the mock uses, by the names in `PrismModules`. */
export const PRISM = {
  negotiator: '@stoplight/prism-http/dist/mocker/negotiator/NegotiatorHelpers.js',
  httpSpec: '@stoplight/http-spec/oas3/operation',
} as const;

const modules = Object.entries(PRISM).map(([name, module]) => `${name}: require('${module}')`);

/** A module with static requires, which a bundler can follow. */
export const PRISM_ENTRY = `export const requirePrism = () => ({ ${modules.join(', ')} });`;

/** Aliases for modules that load their parts by names that no bundler can follow. */
export const PRISM_ALIAS: { readonly [name: string]: string } = {
  'jsonc-parser': 'jsonc-parser/lib/esm/main.js',
};

/** The options by which esbuild bundles modules for Node. The banner defines `require` for CommonJS. */
export const BUNDLE_FOR_NODE = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'es2024',
  charset: 'utf8',
  minifyWhitespace: true,
  banner: {
    js: "import { createRequire as csRequire } from 'node:module';\nconst require = csRequire(import.meta.url);",
  },
} as const;

/**
 * The file for a bundle of an installed package. npm rewrites its hidden lock when a package changes. Undefined if
 * another package manager installed the modules.
 *
 * @param module absolute path of a module of the package
 */
export function bundleFileFor(module: string, name: string, entry: string): string | undefined {
  const [installed = ''] = /^.*[\\/]node_modules(?=[\\/])/.exec(module) ?? [];
  const lock = join(installed, '.package-lock.json');
  if (!existsSync(lock)) return undefined;
  const hash = createHash('sha256').update(entry).update(readFileSync(lock)).digest('hex').slice(0, 16);
  return join(installed, `.cache/countersign/${name}`, `${hash}.mjs`);
}
