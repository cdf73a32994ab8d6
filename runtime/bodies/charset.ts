/** The `charset` of a Content-Type header; undefined if it has none. */
export const charsetOf = (contentType: string): string | undefined =>
  /;\s*charset="?([^";\s]+)/i.exec(contentType)?.[1];

/** XML declares its own encoding if the Content-Type has no charset (RFC 7303, section 3). */
const XML_ENCODING = /^\s*<\?xml[^>]*\sencoding=["']([\w.:-]+)["']/;

function stated(bytes: Uint8Array, contentType: string): string {
  const charset = charsetOf(contentType);
  if (charset !== undefined || !/[/+]xml\b/i.test(contentType)) return charset ?? 'utf-8';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return XML_ENCODING.exec(String.fromCharCode(...bytes.subarray(0, 200)))?.[1] ?? 'utf-8';
}

/**
 * Decodes text in the encoding that its media type states, or in UTF-8.
 * @throws {RangeError} if the encoding is unknown
 * @throws {TypeError} with `fatal`, if the bytes are invalid in the encoding
 */
export const decodeText = (bytes: Uint8Array, contentType: string, fatal = false): string =>
  new TextDecoder(stated(bytes, contentType), { fatal }).decode(bytes);

/** Encodings whose code units are single bytes. */
const SINGLE_BYTE: { readonly [charset: string]: number } = {
  'us-ascii': 0x7f,
  ascii: 0x7f,
  'iso-8859-1': 0xff,
  latin1: 0xff,
};

/**
 * Encodes text in the encoding that its media type states: UTF-8, UTF-16 or ISO-8859-1.
 * @throws {RangeError} if the encoding is unsupported or lacks a character of the text
 */
export function encodeText(text: string, contentType: string): string | Uint8Array<ArrayBuffer> {
  const charset = (charsetOf(contentType) ?? 'utf-8').toLowerCase();
  if (/^utf-?8$/.test(charset)) return text;
  const big = charset === 'utf-16be';
  if (big || charset === 'utf-16le' || charset === 'utf-16') {
    const bytes = new DataView(new ArrayBuffer(text.length * 2));
    for (let i = 0; i < text.length; i++) bytes.setUint16(i * 2, text.charCodeAt(i), !big);
    return new Uint8Array(bytes.buffer);
  }
  const largest = SINGLE_BYTE[charset];
  if (largest === undefined) throw new RangeError(`the charset ${charset} is not supported for writing`);
  return Uint8Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code > largest) throw new RangeError(`the text contains a character that ${charset} does not support`);
    return code;
  });
}
