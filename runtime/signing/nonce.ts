import { toHex } from './bytes.ts';

const DRAWN = 1024;

/** Hexadecimal digits, two a byte. */
let pool = '';

/**
 * Random bytes from the engine's secure source, as lower-case hex. Many are drawn at once: drawing costs more than all
 * else that a signature does. No byte is given twice.
 */
export function makeNonce(bytes = 8): string {
  if (pool.length < bytes * 2) pool = toHex(crypto.getRandomValues(new Uint8Array(Math.max(DRAWN, bytes))));
  const nonce = pool.slice(-bytes * 2);
  pool = pool.slice(0, -bytes * 2);
  return nonce;
}
