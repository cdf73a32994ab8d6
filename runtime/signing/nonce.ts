import { toHex } from './bytes.ts';

/** Random bytes from the engine's secure source, as lower-case hex. */
export function makeNonce(bytes = 8): string {
  return toHex(crypto.getRandomValues(new Uint8Array(bytes)));
}
