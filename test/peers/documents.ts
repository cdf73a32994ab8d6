import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile, NodeHost } from '@typespec/compiler';
import { getOpenAPI3 } from '@typespec/openapi3';
import { DOCUMENT_EDITS, edit, SOURCE_EDITS } from './edits.ts';
import { PAGES } from './pages.ts';

/** The TypeSpec sources of the suite: a folder for each service. */
export const SPECS = fileURLToPath(new URL('../../node_modules/@typespec/http-specs/specs', import.meta.url));

export type SuiteDocument = {
  /** Path of the service below `SPECS`: `type/array`. */
  readonly folder: string;
  readonly version: string | undefined;
  /** Name of its provider: `type-array`, `versioning-added-v2`. */
  readonly provider: string;
  readonly document: object;
};

/** `type/model/empty` is `type-model-empty`, `versioning/madeOptional` of `v2` is `versioning-made-optional-v2`. */
const providerOf = (folder: string, version = ''): string =>
  `${folder}-${version}`
    .replaceAll(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/-$/, '');

async function compileFolder(folder: string): Promise<readonly SuiteDocument[]> {
  const main = join(SPECS, folder, 'main.tsp');
  const readFile: typeof NodeHost.readFile = async (path) => {
    const file = await NodeHost.readFile(path);
    return path === main ? Object.assign(file, { text: edit(file.text, folder, SOURCE_EDITS) }) : file;
  };
  const program = await compile({ ...NodeHost, readFile }, main, { noEmit: true });
  if (program.hasError()) throw new Error(program.diagnostics.map(({ message }) => message).join('\n'));
  // OpenAPI 3.2 declares the items of a stream in `itemSchema`.
  const records = await getOpenAPI3(program, {
    'openapi-versions': [folder.startsWith('streaming/') ? '3.2.0' : '3.1.0'],
  });
  const versions: { readonly version?: string; readonly document: object }[] = [];
  for (const record of records) versions.push(...(record.versioned ? record.versions : [record]));
  return versions.map(({ version, document }) => ({
    folder,
    version,
    provider: providerOf(folder, version),
    document: JSON.parse(edit(JSON.stringify(document), folder, DOCUMENT_EDITS), withPage),
  }));
}

/** An operation and its paging. */
function withPage(_: string, value: unknown): unknown {
  const id = (value as { readonly operationId?: unknown } | null)?.operationId;
  const found = typeof id === 'string' ? PAGES[id] : undefined;
  return found ? { ...(value as object), 'x-cs-page': found.page } : value;
}

/** OpenAPI of every service, and of every version of it: 3.2 with streams, otherwise 3.1. */
export async function makeDocuments(): Promise<readonly SuiteDocument[]> {
  const files = (await readdir(SPECS, { recursive: true })).filter((file) => file.endsWith('main.tsp')).sort();
  const made: SuiteDocument[] = [];
  for (const file of files) made.push(...(await compileFolder(dirname(file))));
  return made;
}
