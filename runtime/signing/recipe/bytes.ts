import type { BytesForm, KeyForm } from '../../contract/index.ts';
import { toBase64Url } from '../base64url.ts';
import { fromBase64, fromHex, toBase64, toBytes, toHex } from '../bytes.ts';

type Form = Exclude<BytesForm, 'raw'>;

/** Writes bytes as text in the format that a recipe states. */
export function writeBytes(bytes: Uint8Array, form: Form): string {
  switch (form) {
    case 'hex':
      return toHex(bytes);
    case 'HEX':
      return toHex(bytes).toUpperCase();
    case 'base64':
      return toBase64(bytes);
    case 'base64url':
      return toBase64Url(bytes);
    case 'decimal':
      return String(bytes.reduce((number, byte) => number * 256n + BigInt(byte), 0n));
  }
}

/** Reads bytes from text. @throws {TypeError} if the text does not have that format */
export function readBytes(text: string, form: Form): Uint8Array {
  return form === 'hex' || form === 'HEX' ? fromHex(text) : fromBase64(text);
}

/**
 * Reads a symmetric key, or a text of the message, in its form and without the prefix `strip`. @throws {TypeError} if
 * the text does not have the form
 */
export function readSecret(text: string, form: KeyForm, strip = ''): Uint8Array {
  const bare = strip !== '' && text.startsWith(strip) ? text.slice(strip.length) : text;
  if (form === 'base64') return fromBase64(bare);
  return form === 'hex' ? fromHex(bare) : toBytes(bare);
}
