import { type OperationDescriptor, pathShape, plainPath } from '../contract/index.ts';

/** The operations of an API, with its base URL. */
export type MatchedApi = {
  readonly operations: { readonly [name: string]: OperationDescriptor };
  /** The base URL. Its path is tried first as the prefix of the API's paths. */
  readonly baseUrl?: string;
};

type Template = { readonly path: string; readonly test: RegExp; readonly rank: string };

const compiled = new WeakMap<object, readonly Template[]>();
const last = new WeakMap<object, { readonly pathname: string; readonly path: string | undefined }>();

/** The shape of the path template that matches the path of a request. Undefined if the API has no such path. */
export function findPath({ operations, baseUrl = '' }: MatchedApi, pathname: string): string | undefined {
  // The result is cached, because each handler looks up the same request.
  const known = last.get(operations);
  if (known?.pathname === pathname) return known.path;
  const templates = compiled.get(operations) ?? compile(operations);
  compiled.set(operations, templates);
  const path = find(templates, plainPath(pathname), plainPath(basePath(baseUrl)));
  last.set(operations, { pathname, path });
  return path;
}

function find(templates: readonly Template[], pathname: string, base: string): string | undefined {
  const match = (text: string) => templates.find(({ test }) => test.test(text))?.path;
  if (base !== '' && pathname.startsWith(`${base}/`)) {
    const found = match(pathname.slice(base.length));
    if (found !== undefined) return found;
  }
  // A test may serve the API under any prefix. The shortest prefix that fits is used.
  for (let at = 0; at >= 0; at = pathname.indexOf('/', at + 1)) {
    const found = match(pathname.slice(at));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Compiles the path templates, with concrete segments before templated ones, from the left. */
function compile(operations: MatchedApi['operations']): readonly Template[] {
  const paths = [...new Set(Object.values(operations).map(({ path }) => pathShape(path)))];
  return paths
    .map((path) => {
      const source = path
        .split(/\{[^{}]*\}/)
        .map((text) => plainPath(text).replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
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
