const strict = new TextDecoder('utf-8', { fatal: true });

/** A body for people to read: text unchanged, and the size of multipart parts that are not text. */
export function bodyText(bytes: Uint8Array, contentType: string | null): string {
  const whole = textOf(bytes);
  if (whole !== undefined) return whole;
  const boundary = /^multipart\/.*;\s*boundary="?([^";]+)/is.exec(contentType ?? '')?.[1];
  if (boundary === undefined) return sizeOf(bytes, contentType);
  // One character a byte, so that places in the text are places in the bytes.
  const parts = latin1(bytes).split(`--${boundary}`);
  return parts.map((part) => textOf(toBytes(part)) ?? withoutContent(part)).join(`--${boundary}`);
}

function withoutContent(part: string): string {
  const end = part.indexOf('\r\n\r\n');
  const head = end < 0 ? '' : part.slice(0, end + 4);
  return `${textOf(toBytes(head)) ?? ''}(${part.length - head.length - 2} bytes)\r\n`;
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

const CHUNK = 8192;

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return text;
}

const toBytes = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
