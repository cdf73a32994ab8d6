/** Longer lists of arguments overflow the stack. */
const CHUNK = 8192;

/**
 * Text of one character a byte, so that places in the text are places in the bytes. `latin1` of TextDecoder is
 * Windows-1252, which maps some bytes elsewhere.
 */
export function oneByteText(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += CHUNK) pieces.push(String.fromCharCode(...bytes.subarray(at, at + CHUNK)));
  return pieces.join('');
}

/** The bytes of `oneByteText`. */
export const bytesOfText = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(text, (character) => character.charCodeAt(0));
