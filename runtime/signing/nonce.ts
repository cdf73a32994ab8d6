import type { MadeForm } from '../contract/index.ts';
import { toHex } from './bytes.ts';

const DRAWN = 1024;

/** Random hexadecimal digits, two per byte. */
let pool = '';

/**
 * Creates a nonce: random bytes from the engine's secure source, as lower-case hex. Many bytes are read at once,
 * because reading takes longer than the rest of a signature. No byte is used twice.
 *
 * @param bytes number of bytes; the text has twice as many characters
 * @example
 * ```ts
 * makeNonce(16); // 32 hexadecimal digits
 * ```
 */
export function makeNonce(bytes = 8): string {
  if (pool.length < bytes * 2) pool = toHex(crypto.getRandomValues(new Uint8Array(Math.max(DRAWN, bytes))));
  const nonce = pool.slice(-bytes * 2);
  pool = pool.slice(0, -bytes * 2);
  return nonce;
}

let counted = 0;

/** Creates a value in a format: hex of random bytes, a UUID, or an increasing number. */
export function makeValue(form: MadeForm = 'hex', bytes = 8): string {
  if (form === 'hex') return makeNonce(bytes);
  if (form === 'uuid') {
    const hex = makeNonce(16).split('');
    // The version is 4 (RFC 9562, section 5.4).
    hex[12] = '4';
    hex[16] = '89ab'[Number.parseInt(hex[16] ?? '0', 16) & 3] ?? '8';
    return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  }
  // The number is in thousandths of a millisecond. Two calls in one millisecond differ, and a restarted process
  // continues with larger numbers.
  counted = Math.max(counted + 1, Date.now() * 1000);
  return String(counted);
}
