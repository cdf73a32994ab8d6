import type { SignatureScheme } from '../../contract/index.ts';
import { sha256Hex } from '../../signing/index.ts';
import type { Credentials } from '../types.ts';

/** Maximum length of a key. A longer key is hashed, so that a store can use a fixed width. */
const LONGEST = 200;

/**
 * Compiles the function that creates keys of the replay store from a nonce or signature and its owner. A key that
 * contains a secret is hashed.
 */
export function compileReplayKey(provider: string, scheme: SignatureScheme) {
  const secret = scheme.credentials.some((credential) => credential.secret && credential.carriers.length > 0);
  const start = `${provider}\n${scheme.name}`;
  return (presented: Credentials, once: string): string => {
    let key = start;
    for (const name in presented) key += `\n${presented[name] ?? ''}`;
    key += `\n${once}`;
    return secret || key.length > LONGEST ? sha256Hex(key) : key;
  };
}
