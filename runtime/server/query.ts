/** A query string, parsed once and in order. */
export type Query = {
  /** Decoded. */
  readonly pairs: readonly (readonly [name: string, value: string])[];
  /**
   * The values of `pairs` before decoding: a separator of a list differs from an encoded character of an item only
   * there.
   */
  readonly raw: readonly string[];
};

const EMPTY: Query = { pairs: [], raw: [] };

/** @param text without the question mark */
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

/** As `application/x-www-form-urlencoded` defines it: `+` is a space, and an invalid escape stays as it is. */
export function decodeComponent(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return new URLSearchParams(`v=${text}`).get('v') ?? '';
  }
}
