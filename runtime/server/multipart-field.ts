import { boundaryOf, bytesOfText, oneByteText } from '../bodies/index.ts';
import { textOfBody } from '../signing/index.ts';

/**
 * The text of a field of `multipart/form-data` (RFC 7578), for values of a signing scheme. The whole body must be
 * available, because a signature is checked before the fields are read. Undefined if the field is missing, occurs
 * twice, or is not UTF-8.
 */
export function multipartField(bytes: Uint8Array, contentType: string, name: string): string | undefined {
  const boundary = boundaryOf(contentType);
  if (boundary === undefined) return undefined;
  // The text has one character per byte, so that offsets are those of the bytes.
  const text = `\r\n${oneByteText(bytes)}`;
  const found = text.split(`\r\n--${boundary}`).flatMap((part) => {
    const at = part.indexOf('\r\n\r\n');
    const head = at < 0 ? '' : part.slice(0, at);
    const [, written] = /^content-disposition:\s*form-data;(?:.*;)?\s*name="([^"]*)"/im.exec(head) ?? [];
    return written === undefined || written !== name ? [] : [part.slice(at + 4)];
  });
  const [value, another] = found;
  return value === undefined || another !== undefined ? undefined : textOfBody(bytesOfText(value));
}
