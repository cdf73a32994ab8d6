import { boundaryOf, bytesOfText, oneByteText } from '../bodies/index.ts';
import { kindOf } from '../contract/index.ts';

const strict = new TextDecoder('utf-8', { fatal: true });

/** Returns a body as text for people. Multipart parts that are not text are replaced by their size. */
export function bodyText(bytes: Uint8Array, contentType: string | null): string {
  const whole = textOf(bytes);
  if (whole !== undefined) return whole;
  const boundary = contentType && kindOf(contentType) === 'multipart' ? boundaryOf(contentType) : undefined;
  if (boundary === undefined) return sizeOf(bytes, contentType);
  // The text has one character per byte, so that positions in the text are positions in the bytes.
  const parts = oneByteText(bytes).split(`--${boundary}`);
  return parts.map((part) => textOf(bytesOfText(part)) ?? withoutContent(part)).join(`--${boundary}`);
}

function withoutContent(part: string): string {
  const end = part.indexOf('\r\n\r\n');
  const head = end < 0 ? '' : part.slice(0, end + 4);
  return `${textOf(bytesOfText(head)) ?? ''}(${part.length - head.length - 2} bytes)\r\n`;
}

const sizeOf = (bytes: Uint8Array, type: string | null): string =>
  `(${bytes.length} bytes${type === null ? '' : ` of ${type}`})`;

function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = strict.decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}
