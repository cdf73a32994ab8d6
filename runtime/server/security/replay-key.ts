import type { SignatureScheme } from '../../contract/index.ts';
import { sha256Hex } from '../../signing/index.ts';
import type { Credentials } from '../types.ts';

/** A longer key is hashed, so that a store may give its keys a fixed width. */
const LONGEST = 200;

/** Makes keys of the replay store: whose nonce or signature it is, and that. With a secret in it, a key is hashed. */
export function compileReplayKey(provider: string, scheme: SignatureScheme) {
  const secret = scheme.credentials.some((credential) => credential.secret && credential.carriers.length > 0);
  const start = `${provider}\n${scheme.name}`;
  return (presented: Credentials, once: string): string => {
    const parts = [start];
    for (const name in presented) parts.push(presented[name] ?? '');
    parts.push(once);
    // Joined and not added up: a sum would keep every part of the request alive for as long as the store keeps the key.
    const key = parts.join('\n');
    return secret || key.length > LONGEST ? sha256Hex(key) : key;
  };
}
