/**
 * Decodes a YAML or JSON file. A byte order mark selects UTF-16 (YAML 1.2, section 5.2), in which PowerShell writes
 * redirected output. Undefined if the bytes are not valid in their encoding.
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
