/** Maximum number of arguments: longer lists overflow the stack. */
const CHUNK = 8192;

/**
 * Decodes bytes to text with one character per byte, so that positions in the text are positions in the bytes. `latin1`
 * of TextDecoder is Windows-1252, which maps some bytes to other characters.
 */
export function oneByteText(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += CHUNK) pieces.push(String.fromCharCode(...bytes.subarray(at, at + CHUNK)));
  return pieces.join('');
}

/** Encodes a text of `oneByteText` to its bytes. */
export const bytesOfText = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(text, (character) => character.charCodeAt(0));
