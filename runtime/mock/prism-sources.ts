/** Prism's modules that the mock uses, with static requires, which a bundler follows. */
export const PRISM_ENTRY = `
const core = require('@stoplight/prism-core');
const mocker = require('@stoplight/prism-http/dist/mocker/index.js');
const httpSpec = require('@stoplight/http-spec/oas3/operation');
const json = require('@stoplight/json');
const RefParser = require('@stoplight/json-schema-ref-parser');
export const requirePrism = () => ({ core, mocker, httpSpec, json, RefParser });
`;

/** One language of seventy; and of a module that finds its parts by names that no bundler follows, its other build. */
export const PRISM_ALIAS: { readonly [name: string]: string } = {
  '@faker-js/faker': '@faker-js/faker/locale/en',
  'jsonc-parser': 'jsonc-parser/lib/esm/main.js',
};

/** How esbuild bundles modules for Node. The banner is for CommonJS, which requires. */
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
