import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Workspace } from '../../config/workspace.ts';
import { policyOf } from './page-policy.ts';

/**
 * Of what serves them: a page of its own, which shares nothing with the console at the same address. It may ask for
 * nothing there, and what it asks for comes from nowhere.
 */
const APART = "frame-ancestors 'self'; sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox";

const MISSING = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Docs</title>
<h1>The docs are not built yet</h1><p>Run <code>npm run docs</code>, then load this page again.</p></html>`;

export const docsFolder = (workspace: Workspace): string => join(workspace.root, 'dist', 'docs');

/** What `npm run docs` built, at `/docs/`; undefined where a path is none of it. */
export const serveDocs =
  (workspace: Workspace) =>
  async (request: Request): Promise<Response | undefined> => {
    const { pathname } = new URL(request.url);
    if (pathname === '/docs') return new Response(null, { status: 308, headers: { location: '/docs/' } });
    const page = /^\/docs\/(?:([a-z0-9-]+)\.html)?$/.exec(pathname);
    if (!page || (request.method !== 'GET' && request.method !== 'HEAD')) return undefined;
    const file = join(docsFolder(workspace), `${page[1] ?? 'index'}.html`);
    const html = await readFile(file, 'utf8').catch(() => undefined);
    return new Response(html ?? MISSING, {
      status: html === undefined ? 404 : 200,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': `${policyOf(html ?? MISSING)}; ${APART}`,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      },
    });
  };
