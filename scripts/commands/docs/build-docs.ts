import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bundleSpec } from '../../bundle/index.ts';
import { settingsOf, specFile, type Workspace } from '../../config/workspace.ts';
import { expandDocument } from '../../expand/index.ts';
import { loadSpec } from '../../load/index.ts';
import { buildApi } from '../../model/index.ts';
import type { Api } from '../../model/types.ts';
import { applyStaged, closeStaging, openStaging, type StagedPlan } from '../../write/index.ts';
import { samplesOf } from './code-samples.ts';
import { docsFolder } from './docs-folder.ts';
import { harmlessText } from './harmless.ts';
import { renderIndex } from './index-page.ts';
import { factsOf } from './operation-facts.ts';
import { withPolicy } from './page-policy.ts';
import { prepareDocument } from './prepare-document.ts';
import { withExamples } from './with-examples.ts';

/** Reference pages that were built. */
export type BuiltDocs = {
  readonly folder: string;
  readonly pages: readonly { readonly provider: string; readonly operations: number; readonly bytes: number }[];
};

const run = promisify(execFile);
const REDOCLY = join(dirname(fileURLToPath(import.meta.resolve('@redocly/cli/package.json'))), 'bin', 'cli.js');

/** Addresses that Redoc's own code would call (traces, its logo, icons). A page must not contain them. */
const FOREIGN = /https:\/\/(?:otel\.cloud\.redocly\.com|cdn\.redoc\.ly|cdn\.redocly\.com)[^`"'\s]*/g;

/**
 * Builds a reference page for each provider, and an index, in `dist/docs/`. Each page is one file that loads nothing
 * from elsewhere and runs no code of the document.
 *
 * @throws {InputError} with the errors of a spec
 */
export async function buildDocs(
  workspace: Workspace,
  providers: readonly string[],
  folder = docsFolder(workspace),
  onProvider: (provider: string) => void = () => undefined,
): Promise<BuiltDocs> {
  const apis: Api[] = [];
  for (const provider of providers) apis.push(await readApi(workspace, provider));
  const pages = await writePages(folder, apis, workspace.scope, true, onProvider);
  return {
    folder,
    pages: pages.map(({ api, html }) => ({
      provider: api.provider,
      operations: api.operations.length,
      bytes: Buffer.byteLength(html),
    })),
  };
}

/**
 * The page of one provider, which is also written to `dist/docs/`.
 * @throws {InputError} with the errors of its spec
 */
export async function buildPage(workspace: Workspace, provider: string): Promise<string> {
  const [page] = await writePages(docsFolder(workspace), [await readApi(workspace, provider)], workspace.scope, false);
  return page?.html ?? '';
}

async function writePages(
  folder: string,
  apis: readonly Api[],
  scope: string,
  withIndex: boolean,
  onProvider: (provider: string) => void = () => undefined,
): Promise<readonly { readonly api: Api; readonly html: string }[]> {
  const work = await mkdtemp(join(tmpdir(), 'countersign-docs-'));
  const staging = await openStaging(folder);
  // The files are moved to their places: this replaces an existing symbolic link and keeps its target unchanged.
  const stage = async (path: string, text: string): Promise<StagedPlan> => {
    const from = join(staging, path);
    await writeFile(from, text);
    return { folder, moves: [{ from, to: join(folder, path) }], stale: [] };
  };
  try {
    const pages = [];
    const staged = withIndex ? [await stage('index.html', renderIndex(apis))] : [];
    for (const api of apis) {
      onProvider(api.provider);
      const html = await renderPage(api, scope, work);
      staged.push(await stage(`${api.provider}.html`, html));
      pages.push({ api, html });
    }
    await applyStaged(staged, folder);
    return pages;
  } finally {
    await closeStaging(staging);
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * The content of a page.
 * @throws {InputError} with the errors of the spec
 */
export async function readApi(workspace: Workspace, provider: string): Promise<Api> {
  const spec = await loadSpec(specFile(workspace, provider), settingsOf(workspace, provider));
  return buildApi(expandDocument(await bundleSpec(spec)), provider);
}

async function renderPage(api: Api, scope: string, work: string): Promise<string> {
  const { provider } = api;
  const source = join(work, `${provider}.json`);
  const target = join(work, `${provider}.html`);
  const document = withExamples(api);
  const samples = samplesOf(api, document, scope);
  const additions = new Map(
    api.operations.map((operation) => [
      operation.operationId,
      { facts: harmlessText(factsOf(api, operation)), samples: samples(operation) },
    ]),
  );
  await writeFile(source, JSON.stringify(prepareDocument(document, additions)));
  const options = ['--inlineBundle', '--openapi.disableTelemetry=true', '--openapi.hideDownloadButtons=true'];
  await run(process.execPath, [REDOCLY, 'build-docs', source, '-o', target, ...options], {
    // A separate folder, without the repository's configuration and our cache.
    cwd: work,
    env: { PATH: process.env.PATH, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', CI: 'true' },
  });
  return sealPage(await readFile(target, 'utf8'));
}

/** The color scheme, set before anything is drawn; then all of Redoc, then the document. */
const PAGE =
  /^(?<before>.*?<div id="redoc"><div hidden=""><script>(?<color>[^<]*)<\/script>.*?<script type="module">)(?<redoc>.*?)(?<document>\n *const __redoc_definition = .*?)(?<after><\/script>.*)$/s;

/** Redocly's page without the addresses of Redoc's own code, so that no text of the document is touched. */
function sealPage(html: string): string {
  const { before, color, redoc, document, after } = PAGE.exec(html.replaceAll('\r\n', '\n'))?.groups ?? {};
  if (before === undefined || color === undefined || redoc === undefined || document === undefined)
    throw new Error('The installed version of Redocly writes pages in an unsupported format.');
  // Redoc would load its logo from this address. The name replaces it.
  const own = redoc.replace(FOREIGN, 'data:,').replace('`API docs by`', '`API docs by Redocly`');
  const drawn = before.replace('<p>API docs by</p></a>', '<p>API docs by Redocly</p></a>');
  return withPolicy(`${drawn}${own}${document}${after}`, [color, `${own}${document}`]);
}
