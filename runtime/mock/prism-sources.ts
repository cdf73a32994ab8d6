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
