import { isNode } from '../../model/reader.ts';

/** An invisible character that separates characters which would be markup together. */
const JOINER = '\u2060';

/** The beginning of HTML (not of an address in angle brackets), of a Markdoc tag or of an image. */
const OPENING = /<(?=[a-z/!?])(?!https?:\/\/[^\s<>]*>)|\{(?=%)|!(?=\[)/gi;

/**
 * Text that Redoc renders as Markdown, in which HTML, Markdoc tags and images are shown literally. It is the same
 * inside and outside of code, so that nothing depends on finding the end of code: an escape such as `&lt;` would be
 * shown as four characters inside code.
 */
export const harmlessText = (text: string): string => text.toWellFormed().replace(OPENING, `$&${JOINER}`);

const ACTIVE = /^(?:javascript|vbscript|data|blob|filesystem|file):/i;

/** An address that is safe to open. One that would run code or open a file is removed. */
export const harmlessUrl = (url: string): string =>
  // Browsers ignore control characters and spaces in a scheme.
  ACTIVE.test(url.replace(/[\p{Cc}\s]/gu, '')) ? '#' : url;

/** Properties that Redocly follows anywhere and replaces by the target. */
const FOLLOWED = new Set(['$ref', 'externalValue']);

/** Data of a document (an example, a default) without properties that refer to a file or a host. */
export function harmlessData(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(harmlessData);
  if (!isNode(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      FOLLOWED.has(name) ? `${name}${JOINER}` : name,
      harmlessData(member),
    ]),
  );
}
