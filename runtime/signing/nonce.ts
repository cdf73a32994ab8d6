import { toHex } from './bytes.ts';

const DRAWN = 1024;

let pool: Uint8Array | undefined;
let left = 0;

/**
 * Random bytes from the engine's secure source, as lower-case hex. Many are drawn at once: drawing costs more than all
 * else that a signature does. No byte is given twice.
 */
export function makeNonce(bytes = 8): string {
  if (!pool || left < bytes) {
    pool = crypto.getRandomValues(new Uint8Array(Math.max(DRAWN, bytes)));
    left = pool.length;
  }
  left -= bytes;
  return toHex(pool.subarray(left, left + bytes));
}
