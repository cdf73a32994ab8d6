/** The preferences in the header `Prefer` (RFC 7240): those of Prism, and additional ones of the mock. */
export type Preference = {
  /** A code of the envelope, else an HTTP status. */
  readonly code?: string;
  /** An HTTP status, where the same code may travel with several. */
  readonly status?: string;
  /** Name of an example. */
  readonly example?: string;
  /** Made up from the schema instead of taken from an example. */
  readonly dynamic?: boolean;
  readonly seed?: string;
  /** Milliseconds to wait before the answer. */
  readonly delay?: number;
};

const LONGEST_DELAY = 60_000;
const PART = /(?:^|[,;])\s*([A-Za-z][\w-]*)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^,;]*))/g;

/** Reads `code=422, example="no coins"; x-delay=300`. What is unknown or unreadable is left out, as the RFC asks. */
export function parsePrefer(header: string | null): Preference {
  if (header === null || header === '') return {};
  const found = new Map<string, string>();
  for (const [, name = '', quoted, bare = ''] of header.slice(0, 2000).matchAll(PART)) {
    const key = name.toLowerCase();
    // Of a preference that is there twice the first counts (RFC 7240, section 2).
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

const DIRECTIVES = new Set(['code', 'status', 'example', 'dynamic', 'seed', 'x-delay']);

/** What a caller prefers of the provider itself: the header without the parts that are for the mock. */
export const withoutDirectives = (header: string): string =>
  header
    .replace(PART, (part, name: string) => (DIRECTIVES.has(name.toLowerCase()) ? '' : part))
    .replace(/^[\s,;]+/, '')
    .trim();
