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

/** A text without percent-encoding. Unchanged if an escape is not valid. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
