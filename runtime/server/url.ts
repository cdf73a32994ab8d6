/**
 * Path and query of an absolute URL as they were sent, without the cost of a URL object. `prefix` is the path under
 * which the server is mounted.
 */
export function splitUrl(url: string, prefix: string): { readonly path: string; readonly query: string } {
  const start = url.indexOf('/', url.indexOf('://') + 3);
  const hash = url.indexOf('#');
  const end = hash < 0 ? url.length : hash;
  const mark = url.indexOf('?');
  const cut = mark < 0 || mark > end ? end : mark;
  const full = start < 0 || start > cut ? '/' : url.slice(start, cut);
  return { path: withoutPrefix(full, prefix), query: cut < end ? url.slice(cut + 1, end) : '' };
}

/** The path without the prefix under which a server is mounted. */
export function withoutPrefix(path: string, prefix: string): string {
  if (prefix === '' || prefix === '/' || !path.startsWith(prefix)) return path;
  return path.length === prefix.length ? '/' : path.slice(prefix.length);
}
