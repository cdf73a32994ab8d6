import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../../common/diagnostics/diagnostic.ts';
import { chooseProviders, specFile, type Workspace } from '../../config/workspace.ts';
import { listTree } from '../../generate/cache.ts';
import { docsFolder } from './docs-folder.ts';
import { renderIndex, renderNotice } from './index-page.ts';
import { policyOf } from './page-policy.ts';

/**
 * The headers isolate the page from the console at the same address. It can send no request there and load nothing from
 * other hosts.
 */
const APART = "frame-ancestors 'self'; sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox";

type Page = { readonly html: string; readonly status: number };

/**
 * Reference pages at `/docs/`, as `countersign docs` builds them. Each is built on the first request, and again after
 * its spec was saved. Undefined for any other path.
 */
export function serveDocs(workspace: Workspace): (request: Request) => Promise<Response | undefined> {
  // Concurrent requests wait for the same build.
  const building = new Map<string, Promise<Page>>();
  const once = (name: string, make: () => Promise<Page>): Promise<Page> => {
    const page = building.get(name) ?? make().finally(() => building.delete(name));
    building.set(name, page);
    return page;
  };
  return async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === '/docs') return new Response(null, { status: 308, headers: { location: '/docs/' } });
    const path = /^\/docs\/(?:([a-z0-9-]+)\.html)?$/.exec(pathname);
    if (!path || (request.method !== 'GET' && request.method !== 'HEAD')) return undefined;
    const [, name = 'index'] = path;
    const isIndex = name === 'index' && !existsSync(specFile(workspace, name));
    const { html, status } = await once(name, () => (isIndex ? indexPage(workspace) : providerPage(workspace, name)));
    return new Response(html, {
      status,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': `${policyOf(html)}; ${APART}`,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      },
    });
  };
}

async function indexPage(workspace: Workspace): Promise<Page> {
  const { readApi } = await import('./build-docs.ts');
  const providers = await chooseProviders(workspace, []).catch(() => []);
  const read = await Promise.all(
    providers.map((provider) =>
      readApi(workspace, provider).catch((error: unknown) => {
        if (!(error instanceof InputError)) throw error;
        return provider;
      }),
    ),
  );
  const apis = read.filter((api) => typeof api !== 'string');
  return {
    html: renderIndex(
      apis,
      read.filter((name) => typeof name === 'string'),
    ),
    status: 200,
  };
}

async function providerPage(workspace: Workspace, provider: string): Promise<Page> {
  if (!existsSync(specFile(workspace, provider)))
    return { html: renderNotice('No such page', `The provider ${provider} does not exist below specs/.`), status: 404 };
  const kept = await readCurrent(workspace, provider);
  if (kept !== undefined) return { html: kept, status: 200 };
  try {
    const { buildPage } = await import('./build-docs.ts');
    return { html: await buildPage(workspace, provider), status: 200 };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { formatDiagnostics } = await import('../../common/diagnostics/report.ts');
    const problems = formatDiagnostics(error.diagnostics, { color: false, sources: error.sources });
    return {
      html: renderNotice(`The spec of ${provider} has errors`, 'Fix the errors, then reload.', problems),
      status: 500,
    };
  }
}

/** A page that was built after its spec was last saved. */
async function readCurrent(workspace: Workspace, provider: string): Promise<string | undefined> {
  const file = join(docsFolder(workspace), `${provider}.html`);
  const built = await stat(file).catch(() => undefined);
  if (!built?.isFile()) return undefined;
  const saved = await Promise.all(
    listTree(join(workspace.specs, provider)).map(async (path) => (await stat(path)).mtimeMs),
  );
  return saved.every((time) => time <= built.mtimeMs) ? readFile(file, 'utf8') : undefined;
}
