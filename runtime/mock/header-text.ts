import type { IHttpHeaderParam } from '@stoplight/types';
import { serializeHeader } from '../client/serialize-parameters.ts';

/** The name of a header (RFC 9110, section 5.1). */
const NAME = /^[!#$%&'*+.^_`|~0-9a-z-]+$/i;

/** The example of a header as it is sent. Undefined if it has none, or if a response cannot contain it. */
export function headerText(header: IHttpHeaderParam): string | readonly string[] | undefined {
  const {
    name,
    examples: [example] = [],
    explode = false,
    content,
  } = header as IHttpHeaderParam & { content?: object };
  const value = example && 'value' in example ? example.value : undefined;
  if (value === null || value === undefined || name.toLowerCase() === 'content-type' || !NAME.test(name))
    return undefined;
  // The only header whose values cannot be joined by a comma (RFC 9110, section 5.3).
  if (name.toLowerCase() === 'set-cookie' && Array.isArray(value)) return value.map((one) => toFieldValue(String(one)));
  return toFieldValue(write(value, { name, explode, ...(content && { content: Object.keys(content)[0] }) }));
}

function write(value: unknown, header: { name: string; explode: boolean; content?: string | undefined }): string {
  try {
    return serializeHeader(value, header as never);
  } catch {
    // An item contains the delimiter, for which headers have no escape.
    return String(value);
  }
}

/** Percent-encodes the characters that a header value cannot contain (RFC 9110, section 5.5). */
const toFieldValue = (text: string): string =>
  text.toWellFormed().replace(/[^\t\x20-\x7e\x80-\xff]/gu, (character) => encodeURIComponent(character));
