/** A query string, parsed once and in order. */
export type Query = {
  /** The decoded names and values. */
  readonly pairs: readonly (readonly [name: string, value: string])[];
  /**
   * The values of `pairs` before decoding. Only here does a separator of a list differ from an encoded character of an
   * item.
   */
  readonly raw: readonly string[];
};

const EMPTY: Query = { pairs: [], raw: [] };

/**
 * Parses a query string.
 * @param text the query without the question mark
 */
export function parseQuery(text: string): Query {
  if (text === '') return EMPTY;
  const pairs: [string, string][] = [];
  const raw: string[] = [];
  for (const part of text.split('&')) {
    if (part === '') continue;
    const at = part.indexOf('=');
    const value = at < 0 ? '' : part.slice(at + 1);
    pairs.push([decodeComponent(at < 0 ? part : part.slice(0, at)), decodeComponent(value)]);
    raw.push(value);
  }
  return { pairs, raw };
}

/** The first value of a name. */
export function firstOf({ pairs }: Query, name: string): string | undefined {
  for (const pair of pairs) if (pair[0] === name) return pair[1];
  return undefined;
}

/**
 * Decodes a text as `application/x-www-form-urlencoded` defines: `+` is a space, and an invalid escape stays unchanged.
 */
export function decodeComponent(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return new URLSearchParams(`v=${text}`).get('v') ?? '';
  }
}
