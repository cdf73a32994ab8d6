import type { OperationDescriptor } from '../contract/index.ts';

/** The operations of an API, and where it says that it is. */
export type MatchedApi = {
  readonly operations: { readonly [name: string]: OperationDescriptor };
  /** The path of this URL is tried first as what stands before the API's own paths. */
  readonly baseUrl?: string;
};

type Template = { readonly path: string; readonly test: RegExp; readonly rank: string };

const compiled = new WeakMap<object, readonly Template[]>();
const last = new WeakMap<object, { readonly pathname: string; readonly path: string | undefined }>();

/** What paths have in common that differ in the names of their parameters alone: a request cannot tell them apart. */
export const shapeOf = (path: string): string => path.replace(/\{[^{}]*\}/g, '{}');

/** The shape of the path template that a request's path means; undefined: none of the API's. */
export function findPath({ operations, baseUrl = '' }: MatchedApi, pathname: string): string | undefined {
  // One request is asked about once for each handler.
  const known = last.get(operations);
  if (known?.pathname === pathname) return known.path;
  const templates = compiled.get(operations) ?? compile(operations);
  compiled.set(operations, templates);
  const path = find(templates, pathname, basePath(baseUrl));
  last.set(operations, { pathname, path });
  return path;
}

function find(templates: readonly Template[], pathname: string, base: string): string | undefined {
  const match = (text: string) => templates.find(({ test }) => test.test(text))?.path;
  if (base !== '' && pathname.startsWith(`${base}/`)) {
    const found = match(pathname.slice(base.length));
    if (found !== undefined) return found;
  }
  // Wherever a test has put the API: as little as possible stands before its paths.
  for (let at = 0; at >= 0; at = pathname.indexOf('/', at + 1)) {
    const found = match(pathname.slice(at));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Concrete segments before templated ones, from the left. */
function compile(operations: MatchedApi['operations']): readonly Template[] {
  const paths = [...new Set(Object.values(operations).map(({ path }) => shapeOf(path)))];
  return paths
    .map((path) => {
      const source = path
        .split(/\{[^{}]*\}/)
        .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
        .join('[^/]+');
      const rank = path
        .split('/')
        .map((segment) => (segment.includes('{') ? (/^\{[^{}]*\}$/.test(segment) ? '2' : '1') : '0'));
      return { path, test: new RegExp(`^${source}$`), rank: rank.join('') };
    })
    .sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0));
}

function basePath(baseUrl: string): string {
  const path = /^[a-z][a-z\d+.-]*:\/\/[^/?#]*([^?#]*)/i.exec(baseUrl)?.[1] ?? (baseUrl.startsWith('/') ? baseUrl : '');
  return path.replace(/\/+$/, '');
}
