import { isNode } from '../../model/reader.ts';

/** Shown as nothing, and it parts what would be markup together. */
const JOINER = '\u2060';

/** What opens HTML (an address in angle brackets does not), a Markdoc tag, an image. */
const OPENING = /<(?=[a-z/!?])(?!https?:\/\/[^\s<>]*>)|\{(?=%)|!(?=\[)/gi;

/**
 * Text that Redoc renders as Markdown, with everything in it shown as it is written that would become HTML, a tag of
 * Markdoc or an image. It is the same inside of code and outside, so nothing depends on finding where code ends; an escape
 * such as `&lt;` would be shown as those four characters inside of code.
 */
export const harmlessText = (text: string): string => text.toWellFormed().replace(OPENING, `$&${JOINER}`);

const ACTIVE = /^(?:javascript|vbscript|data|blob|filesystem|file):/i;

/** An address that a click may open; one that would run, or open a file, leads nowhere. */
export const harmlessUrl = (url: string): string =>
  // Browsers pass over control characters and spaces in a scheme.
  ACTIVE.test(url.replace(/[\p{Cc}\s]/gu, '')) ? '#' : url;

/** Members that Redocly follows wherever they are, and puts what it finds there in their place. */
const FOLLOWED = new Set(['$ref', 'externalValue']);

/** Data of a document (an example, a default), in which no member leads to a file or a host. */
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
