/**
 * Converts all spellings of a path to one text. An encoded slash is data and not a delimiter (RFC 3986, section 2.2).
 * Each segment is therefore decoded separately, and characters that would look like a delimiter or an escape stay
 * encoded.
 */
export function plainPath(path: string): string {
  if (!path.includes('%')) return path;
  return path
    .split('/')
    .map((segment) => decoded(segment).replace(/[%/]/g, encodeURIComponent))
    .join('/');
}

/**
 * A path template as far as requests can distinguish it: without the names of its parameters, and without a fragment,
 * by which documents list several operations of one path (`/files/{id}#share`).
 */
export const pathShape = (template: string): string => withoutFragment(template).replace(/\{[^{}]*\}/g, '{}');

/** A path template without its fragment. A name of a parameter may contain `#`. */
export const withoutFragment = (template: string): string =>
  template.includes('#') ? template.replace(/^((?:\{[^{}]*\}|[^#{}])*)#.*$/s, '$1') : template;

/** A text without percent-encoding. Unchanged if an escape is not valid. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
