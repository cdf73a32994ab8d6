import type { IncomingMessage } from 'node:http';
import { ambiguity } from './ambiguity.ts';

/** Where a request goes, as `Request.url` would have it. */
export type Target = { readonly origin: string; readonly path: string; readonly query: string };

/** Characters that `URL` leaves as they are. Dot segments are rejected before. */
const PLAIN = /^\/[!#-;=?-[\]_a-z~]*$/i;
/** A host that `URL` leaves as it is. */
const PLAIN_HOST = /^[a-z0-9._-]+(?::[1-9]\d{3})?$/;

/** The host that came last, and its origin: most requests of a server have one host. */
let last = { host: '', scheme: '', origin: '' };

/** The target of a request, or why the request is rejected. */
export function targetOf(incoming: IncomingMessage): Target | string {
  const reason = ambiguity(incoming);
  if (reason !== undefined) return reason;
  const { url = '' } = incoming;
  if (!url.startsWith('/')) return absolute(url);
  const { host } = incoming.headers;
  if (!host) return 'no Host header';
  const scheme = 'encrypted' in incoming.socket && incoming.socket.encrypted ? 'https' : 'http';
  if (last.host !== host || last.scheme !== scheme) {
    const origin = originOf(scheme, host);
    if (origin === undefined) return 'the Host header is invalid';
    last = { host, scheme, origin };
  }
  const { origin } = last;
  const query = url.indexOf('?');
  if (PLAIN.test(url))
    return query < 0
      ? { origin, path: url, query: '' }
      : { origin, path: url.slice(0, query), query: url.slice(query + 1) };
  // `URL` reads it as a slash, and other servers do not.
  const backslash = url.indexOf('\\');
  if (backslash >= 0 && (query < 0 || backslash < query)) return 'the path has a backslash';
  return absolute(origin + url);
}

/** A proxy receives the absolute form (RFC 9112, section 3.2.2). Its host counts, and not that of the header. */
function absolute(text: string): Target | string {
  const url = /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (!url) return 'the request target is invalid';
  return { origin: url.origin, path: url.pathname, query: url.search.slice(1) };
}

/** Undefined if `URL` would read another host from it. */
function originOf(scheme: string, host: string): string | undefined {
  const origin = `${scheme}://${host}`;
  if (PLAIN_HOST.test(host)) return origin;
  const url = URL.canParse(origin) ? new URL(origin) : undefined;
  return url?.hostname === host.replace(/:\d*$/, '').toLowerCase() ? url.origin : undefined;
}
