import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A public document that an npm package contains. */
export type RealDocument = {
  readonly name: string;
  readonly file: string;
  /** Why it is tested. */
  readonly has: string;
};

// A package may not export its package.json, which is then not the way to find it.
const MODULES = fileURLToPath(new URL('../../node_modules/', import.meta.url));
const inside = (pack: string, path: string): string => join(MODULES, pack, path);
const readme = (path: string): string => inside('@readme/oas-examples', `${path}.json`);

export const DOCUMENTS: readonly RealDocument[] = [
  { name: 'github', file: inside('@octokit/openapi', 'generated/api.github.com.json'), has: '3.0, 1,200 operations' },
  {
    name: 'github-webhooks',
    file: inside('@octokit/openapi-webhooks', 'generated/api.github.com.json'),
    has: '3.1, 250 webhooks',
  },
  { name: 'figma', file: inside('@figma/rest-api-spec', 'openapi/openapi.yaml'), has: '3.1 in YAML, deep recursion' },
  { name: 'gitbook', file: inside('@gitbook/api', 'spec/openapi.json'), has: '3.0, discriminators, streams' },
  { name: 'galaxy', file: inside('@scalar/galaxy', 'dist/3.1.json'), has: '3.1, webhooks, callbacks, upload' },
  { name: 'train-travel', file: readme('3.1/json/train-travel'), has: '3.1, links, problem details' },
  { name: 'readme', file: readme('3.1/json/readme'), has: '3.1, multipart' },
  { name: 'webhooks', file: readme('3.1/json/webhooks'), has: '3.1, webhooks' },
  { name: 'petstore', file: readme('3.1/json/petstore'), has: '3.1, forms and upload' },
  { name: 'star-trek', file: readme('3.0/json/star-trek'), has: '3.0, forms' },
  { name: 'callbacks', file: readme('3.0/json/callbacks'), has: '3.0, callbacks' },
  { name: 'discriminators', file: readme('3.0/json/discriminators'), has: '3.0, discriminators' },
  { name: 'polymorphism', file: readme('3.0/json/polymorphism'), has: '3.0, oneOf, anyOf, allOf' },
  { name: 'file-uploads', file: readme('3.0/json/file-uploads'), has: '3.0, multipart, octet-stream' },
  { name: 'circular', file: readme('3.0/json/schema-circular'), has: '3.0, recursion' },
  { name: 'parameters', file: readme('3.1/json/parameters-style'), has: '3.1, every style of parameter' },
  { name: 'schema-types', file: readme('3.1/json/schema-types'), has: '3.1, every type' },
  { name: 'security', file: readme('3.1/json/security'), has: '3.1, every security scheme' },
];

/** All documents of a folder that are not listed above. */
function others(prefix: string, folder: string, has: string): readonly RealDocument[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.json'));
  return files
    .map((path) => join(folder, path))
    .filter((file) => !DOCUMENTS.some((named) => named.file === file))
    .map((file) => {
      const path = relative(folder, file).slice(0, -'.json'.length);
      return { name: `${prefix}-${path.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`, file, has };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The documents above, and every other one of OpenAPI 3 among ReadMe's examples. */
export const EVERY_DOCUMENT: readonly RealDocument[] = [
  ...DOCUMENTS,
  ...others('oas30', inside('@readme/oas-examples', '3.0/json'), '3.0'),
  ...others('oas31', inside('@readme/oas-examples', '3.1/json'), '3.1'),
];

/** Documents that are rejected, with the reason. */
export const SWAGGER: RealDocument = { name: 'swagger', file: readme('2.0/json/petstore'), has: 'Swagger 2.0' };
