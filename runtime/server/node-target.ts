import type { IncomingMessage } from 'node:http';
import { ambiguity } from './ambiguity.ts';

/** The target of a request, in the form of `Request.url`. */
export type Target = { readonly origin: string; readonly path: string; readonly query: string };

/** A target that `URL` does not change. Dot segments were already rejected. */
const PLAIN = /^\/[!#-;=?-[\]_a-z~]*$/i;
/** A host that `URL` does not change. */
const PLAIN_HOST = /^[a-z0-9._-]+(?::[1-9]\d{3})?$/;

/** The last host and its origin are cached, because most requests of a server have the same host. */
let last = { host: '', scheme: '', origin: '' };

/** The target of a request, or the reason to reject the request. */
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
  // `URL` reads a backslash as a slash, and other servers do not.
  const backslash = url.indexOf('\\');
  if (backslash >= 0 && (query < 0 || backslash < query)) return 'the path has a backslash';
  return absolute(origin + url);
}

/**
 * Reads the absolute form that a proxy receives (RFC 9112, section 3.2.2). Its host takes precedence over the Host
 * header.
 */
function absolute(text: string): Target | string {
  const url = /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (!url) return 'the request target is invalid';
  return { origin: url.origin, path: url.pathname, query: url.search.slice(1) };
}

/** The origin of a host. Undefined if `URL` would read a different host. */
function originOf(scheme: string, host: string): string | undefined {
  const origin = `${scheme}://${host}`;
  if (PLAIN_HOST.test(host)) return origin;
  const url = URL.canParse(origin) ? new URL(origin) : undefined;
  return url?.hostname === host.replace(/:\d*$/, '').toLowerCase() ? url.origin : undefined;
}
