import { splitUrl } from '../../server/url.ts';
import { problem } from '../problem.ts';
import { type ConsoleOptions, createConsoleApi } from './api.ts';
import { refuseForeign } from './guard.ts';

/** The page, bundled: one document, one script, one style sheet. */
export type ConsoleAssets = { readonly html: string; readonly script: string; readonly style: string };

/** The data of the console's pages. */
export type ConsolePagesOptions = ConsoleOptions & {
  readonly assets: () => Promise<ConsoleAssets>;
  /** Whether the console is also at `/`. */
  readonly atRoot: boolean;
};

const HOME = '/__console/';

/** The Content-Security-Policy: no external resources, no inline code, not in frames. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/** Returns the console's page or the response of its API. Undefined for any other path. */
export function createConsolePages(options: ConsolePagesOptions) {
  const { assets, atRoot } = options;
  const api = createConsoleApi(options);
  return async (request: Request, environment: unknown): Promise<Response | undefined> => {
    const { path } = splitUrl(request.url, '');
    const isHome = path === HOME || (atRoot && path === '/');
    if (!isHome && !path.startsWith('/__console')) return undefined;
    const refused = refuseForeign(request, environment);
    if (refused !== undefined) return problem(403, 'Forbidden', refused);
    if (path.startsWith(`${HOME}api/`)) return api(request, path.slice(`${HOME}api/`.length));
    if (request.method !== 'GET' && request.method !== 'HEAD') return problem(405, 'Method not allowed', 'Use GET.');
    if (isHome) return asset((await assets()).html, 'text/html');
    if (path === `${HOME}console.js`) return asset((await assets()).script, 'text/javascript');
    if (path === `${HOME}console.css`) return asset((await assets()).style, 'text/css');
    if (path === '/__console') return new Response(null, { status: 308, headers: { location: HOME } });
    return problem(404, 'Not found', 'The page does not exist in the console.');
  };
}

function asset(text: string, type: string): Response {
  return new Response(text, {
    headers: {
      'content-type': `${type}; charset=utf-8`,
      'cache-control': 'no-cache',
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    },
  });
}
