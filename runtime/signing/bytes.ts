/** Text or bytes. Text is encoded in UTF-8. */
export type Data = string | Uint8Array;

const encoder = /* @__PURE__ */ new TextEncoder();

/**
 * The bytes of a text in UTF-8. Bytes are returned unchanged.
 *
 * @example
 * ```ts
 * toBytes('é'); // Uint8Array [195, 169]
 * ```
 */
export function toBytes(data: Data): Uint8Array {
  return typeof data === 'string' ? encoder.encode(data) : data;
}

/**
 * Encodes bytes as lower-case hexadecimal.
 *
 * @example
 * ```ts
 * toHex(new Uint8Array([0, 255])); // '00ff'
 * ```
 */
export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += (byte + 256).toString(16).slice(1);
  return text;
}

/**
 * Decodes hexadecimal text in upper or lower case.
 *
 * @throws {TypeError} if the text is not an even number of hexadecimal digits
 * @example
 * ```ts
 * fromHex('00ff'); // Uint8Array [0, 255]
 * ```
 */
export function fromHex(text: string): Uint8Array<ArrayBuffer> {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(text)) throw new TypeError('The text is not hexadecimal');
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = Number.parseInt(text.slice(i * 2, i * 2 + 2), 16);
  return bytes;
}

/**
 * Encodes bytes as base64 with padding (RFC 4648, section 4).
 *
 * @example
 * ```ts
 * toBase64(toBytes('user:password')); // 'dXNlcjpwYXNzd29yZA=='
 * ```
 */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/**
 * Decodes base64 and base64url, with or without padding.
 *
 * @throws {TypeError} if the text is neither
 * @example
 * ```ts
 * fromBase64('AP8='); // Uint8Array [0, 255]
 * ```
 */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  let decoded: string;
  try {
    decoded = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  } catch {
    // The engine's message may contain the text, which may be a key.
    throw new TypeError('The text is not base64');
  }
  return Uint8Array.from(decoded, (character) => character.charCodeAt(0));
}
