/** Path and query of an absolute URL as they travelled, without the cost of a URL object. `prefix` is where the server is mounted. */
export function splitUrl(url: string, prefix: string): { readonly path: string; readonly query: string } {
  const start = url.indexOf('/', url.indexOf('://') + 3);
  const hash = url.indexOf('#');
  const end = hash < 0 ? url.length : hash;
  const mark = url.indexOf('?');
  const cut = mark < 0 || mark > end ? end : mark;
  const full = start < 0 || start > cut ? '/' : url.slice(start, cut);
  const path = prefix !== '' && prefix !== '/' && full.startsWith(prefix) ? full.slice(prefix.length) : full;
  return { path: path === '' ? '/' : path, query: cut < end ? url.slice(cut + 1, end) : '' };
}
