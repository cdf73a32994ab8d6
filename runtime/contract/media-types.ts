/**
 * Media types of JSON texts in sequence: one per line, or each after a record separator (`application/json-seq`, RFC
 * 7464; `+json-seq`, RFC 8091).
 */
export const JSON_LINES: RegExp =
  /^(application\/((x-)?(jsonl|ndjson|json-?lines)|json-seq)|\w+\/[\w.-]+\+json-seq)\s*(;|$)/i;

/** The media type without parameters: `text/html; charset=utf-8` becomes `text/html`. */
export function essence(contentType: string): string {
  const end = contentType.indexOf(';');
  return (end < 0 ? contentType : contentType.slice(0, end)).trim().toLowerCase();
}

/** How a body of some media type is encoded and decoded. */
export type BodyKind = 'json' | 'form' | 'multipart' | 'text' | 'markup' | 'events' | 'lines' | 'binary';

/** How bytes of a media type are read and written. */
export function kindOf(mediaType: string): BodyKind {
  // Almost all media types are this text.
  if (mediaType === 'application/json') return 'json';
  const type = essence(mediaType);
  // `text/json` is JSON (WHATWG MIME Sniffing, section 4.6). ASP.NET declares it in addition to `application/json`.
  if (/^(application|text)\/json$/.test(type) || type.endsWith('+json')) return 'json';
  if (type === 'application/x-www-form-urlencoded') return 'form';
  if (type.startsWith('multipart/')) return 'multipart';
  if (type === 'text/event-stream') return 'events';
  if (JSON_LINES.test(type)) return 'lines';
  if (/[/+](xml|yaml)$/.test(type)) return 'markup';
  return type.startsWith('text/') ? 'text' : 'binary';
}

/** The media types of a declared request or response body. */
type Declared = { readonly content: readonly string[]; readonly files?: readonly string[] };

/** The kind of a declared body, like `kindOf`. If its schema is a file, it is bytes in every media type. */
export function kindIn(mediaType: string, declared: Declared | undefined): BodyKind {
  const isFile = declared?.files?.includes(matchMediaType(mediaType, declared.content) ?? '');
  return isFile ? 'binary' : kindOf(mediaType);
}

/** A media type with its parameters in one spelling. A charset does not make it another type. */
const exactly = (mediaType: string): string => mediaType.toLowerCase().replace(/[\s"]|;\s*charset=[^;]*/g, '');

/**
 * The declared media type that covers a given one: the same type, its range, or any type. Versions of a type may differ
 * in a parameter: `application/json; version=2`.
 */
export function matchMediaType(given: string, declared: readonly string[]): string | undefined {
  const type = essence(given);
  const hasVersions = declared.length > 1 && given.includes(';');
  const version = hasVersions && declared.find((candidate) => exactly(candidate) === exactly(given));
  if (version) return version;
  const find = (range: string) => declared.find((candidate) => essence(candidate) === range);
  // ASP.NET also declares the range of all JSON types: `application/*+json`.
  const findSuffix = () => (type.includes('+') ? find(type.replace(/\/.*(?=\+)/, '/*')) : undefined);
  return find(type) || findSuffix() || find(type.replace(/\/.*/, '/*')) || find('*/*') || undefined;
}

const BYTES = 'application/octet-stream';

/**
 * The media type of a value for a declared range (`text/*`). A type that is not a range is returned unchanged.
 *
 * @param isFile true: the schema is a file, whose bytes may be a string
 */
export function typeInRange(range: string, value: unknown, isFile: boolean): string {
  if (!range.includes('*')) return range;
  const isData = typeof value !== 'object' || value === null || Array.isArray(value) || isPlain(value);
  const type = isFile || !isData ? BYTES : typeof value === 'string' ? 'text/plain' : 'application/json';
  return matchMediaType(type, [range]) ? type : BYTES;
}

const isPlain = (value: object): boolean => Object.getPrototypeOf(value) === Object.prototype;
