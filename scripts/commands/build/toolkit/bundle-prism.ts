import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { collectNotices } from '../notices.ts';
import { bundleModule } from './bundle-module.ts';

/** The module of the runtime that requires Prism. */
export const REQUIRE_PRISM = 'mock/require-prism.ts';

/** As the module that it stands for, with static requires, which a bundler follows. */
const ENTRY = `
const core = require('@stoplight/prism-core');
const mocker = require('@stoplight/prism-http/dist/mocker/index.js');
const httpSpec = require('@stoplight/http-spec/oas3/operation');
const json = require('@stoplight/json');
const RefParser = require('@stoplight/json-schema-ref-parser');
export const requirePrism = () => ({ core, mocker, httpSpec, json, RefParser });
`;

/** One language of seventy; and of a module that finds its parts by names that no bundler follows, its other build. */
const ALIAS = { '@faker-js/faker': '@faker-js/faker/locale/en', 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' };

/**
 * Prism as one module of the packed runtime, with the licences of what is in it. Installed from npm it would bring
 * `@scarf/scarf`, whose install script reports each install, and packages that npm compares with the user's Node.
 */
export async function bundlePrism(root: string, runtime: string): Promise<void> {
  const { modules } = await bundleModule(root, ENTRY, join(runtime, REQUIRE_PRISM), { alias: ALIAS });
  await appendFile(join(runtime, 'LICENSE'), await collectNotices(modules));
}
