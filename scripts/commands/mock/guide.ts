import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Workspace } from '../../config/workspace.ts';

/** Only in an installed toolkit, not in its repository. */
const SHIPPED = fileURLToPath(new URL('../../../guide/', import.meta.url));

/** Builds the site. Only the repository of the toolkit has it. */
const BUILDER = fileURLToPath(new URL('../site/index.ts', import.meta.url));

const foldersOf = ({ root }: Workspace): readonly string[] => [join(root, 'dist/site/guide'), SHIPPED];

/** Whether the docs site can be opened, or a script of this repository can build it; undefined if neither. */
export function findGuide(workspace: Workspace): 'built' | 'missing' | undefined {
  if (foldersOf(workspace).some((folder) => existsSync(join(folder, 'index.html')))) return 'built';
  return existsSync(BUILDER) ? 'missing' : undefined;
}

const TYPES: { readonly [extension: string]: string } = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain',
  '.woff2': 'font/woff2',
};

/**
 * The docs site at `/guide/`: from `dist/site` of the workspace, or from the package. Undefined for other paths, and if
 * there is no site.
 */
export function serveGuide(workspace: Workspace): (request: Request) => Promise<Response | undefined> {
  const folders = foldersOf(workspace);
  return async ({ url, method }) => {
    if (method !== 'GET' && method !== 'HEAD') return undefined;
    const { pathname } = new URL(url);
    if (pathname === '/guide') return new Response(null, { status: 308, headers: { location: '/guide/' } });
    if (!pathname.startsWith('/guide/')) return undefined;
    for (const folder of folders) {
      const found =
        (await readBelow(folder, pathname.slice('/guide/'.length))) ?? (await readBelow(folder, '404.html'));
      if (found) return respond(found.bytes, found.type, found.path === '404.html' ? 404 : 200);
    }
    return undefined;
  };
}

async function readBelow(folder: string, path: string) {
  try {
    const root = await realpath(folder);
    const name = decodeURIComponent(path === '' || path.endsWith('/') ? `${path}index.html` : path);
    const file = await realpath(join(root, name));
    const type = TYPES[extname(file)];
    if (!file.startsWith(root + sep) || type === undefined) return undefined;
    return { bytes: await readFile(file), type, path };
  } catch {
    return undefined;
  }
}

/** A page runs only the site's own scripts: those in its files, and its inline scripts. */
function respond(bytes: Buffer<ArrayBuffer>, type: string, status: number): Response {
  const inline =
    type === 'text/html' ? [...bytes.toString().matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)] : [];
  const hashes = inline.map(([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
  const policy = [
    "default-src 'none'",
    `script-src 'self' ${hashes.join(' ')}`.trim(),
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ].join('; ');
  const text = type.startsWith('image/') || type.startsWith('font/') ? type : `${type}; charset=utf-8`;
  return new Response(bytes, {
    status,
    headers: {
      'content-type': text,
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    },
  });
}
