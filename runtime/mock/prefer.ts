/** The preferences in the header `Prefer` (RFC 7240): those of Prism, and those that the mock adds. */
export type Preference = {
  /** A code of the envelope, or an HTTP status. */
  readonly code?: string;
  /** An HTTP status, if the same code may have several. */
  readonly status?: string;
  /** Name of an example. */
  readonly example?: string;
  /** Whether the response is generated from the schema instead of an example. */
  readonly dynamic?: boolean;
  readonly seed?: string;
  /** Milliseconds to wait before the response. */
  readonly delay?: number;
};

const LONGEST_DELAY = 60_000;
const PART = /(?:^|[,;])\s*([A-Za-z][\w-]*)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^,;]*))/g;

/**
 * Parses `code=422, example="no coins"; x-delay=300`. Unknown or invalid preferences are ignored, as the RFC requires.
 */
export function parsePrefer(header: string | null): Preference {
  if (header === null || header === '') return {};
  const found = new Map<string, string>();
  for (const [, name = '', quoted, bare = ''] of header.slice(0, 2000).matchAll(PART)) {
    const key = name.toLowerCase();
    // The first of a repeated preference counts (RFC 7240, section 2).
    if (!found.has(key)) found.set(key, quoted === undefined ? bare.trim() : quoted.replace(/\\(.)/g, '$1'));
  }
  const text = (name: string): string | undefined => found.get(name) || undefined;
  const code = text('code');
  const status = text('status');
  const example = text('example');
  const seed = text('seed');
  const delay = text('x-delay');
  return {
    ...(code !== undefined && { code }),
    ...(status !== undefined && /^\d{1,9}$/.test(status) && { status }),
    ...(example !== undefined && { example }),
    ...(text('dynamic') === 'true' && { dynamic: true }),
    ...(seed !== undefined && { seed }),
    ...(delay !== undefined && /^\d{1,9}$/.test(delay) && { delay: Math.min(Number(delay), LONGEST_DELAY) }),
  };
}

/**
 * The preferences of a request: of its header, otherwise of its query (`?__code=404`), as in Prism. A link or an image
 * cannot set a header.
 */
export function preferenceOf({ headers, url }: Pick<Request, 'headers' | 'url'>): Preference {
  const said = parsePrefer(headers.get('prefer'));
  if (!/[?&]__(code|example|dynamic)=/.test(url)) return said;
  const query = new URL(url).searchParams;
  const [code, example] = [query.get('__code'), query.get('__example')];
  return {
    ...(code && { code }),
    ...(example && { example }),
    ...(query.get('__dynamic') === 'true' && { dynamic: true }),
    ...said,
  };
}

const DIRECTIVES = new Set(['code', 'status', 'example', 'dynamic', 'seed', 'x-delay']);

/** Returns the preferences for the provider: the header without the preferences for the mock. */
export const withoutDirectives = (header: string): string =>
  header
    .replace(PART, (part, name: string) => (DIRECTIVES.has(name.toLowerCase()) ? '' : part))
    .replace(/^[\s,;]+/, '')
    .trim();
