import path from 'node:path';

/** Whether a text is an HTTP URL. */
export const isUrl = (text: string): boolean => /^https?:\/\//i.test(text);

/** The target of a relative reference in `base`: a URL if one of the two is a URL, otherwise an absolute path. */
export function resolveUri(base: string, uri: string): string {
  if (isUrl(uri)) return new URL(uri).href;
  return isUrl(base) ? new URL(uri, base).href : path.resolve(path.dirname(base), uri);
}

/** Text without percent-encoding; undefined if the encoding is invalid. */
export function decode(text: string): string | undefined {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
