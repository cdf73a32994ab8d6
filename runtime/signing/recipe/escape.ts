import type { Escape } from '../../contract/index.ts';

/** Escapes all characters except the unreserved ones (RFC 3986, section 2.3), with upper-case digits. */
const rfc3986 = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** Escapes a text as a recipe states. */
export function escapeText(text: string, escaping: Escape): string {
  switch (escaping) {
    case 'rfc3986':
      return rfc3986(text);
    case 'path':
      return text.split('/').map(rfc3986).join('/');
    case 'form':
      return new URLSearchParams({ v: text }).toString().slice(2);
    case 'lower':
      return text.toLowerCase();
    case 'upper':
      return text.toUpperCase();
    default:
      return text;
  }
}

/** Reverses the escaping of a text. Invalid escapes stay unchanged. */
export function unescapeText(text: string, escaping: Escape): string {
  if (escaping === 'none' || escaping === 'raw') return text;
  const spaced = escaping === 'form' && text.includes('+') ? text.replaceAll('+', ' ') : text;
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return text;
  }
}
