import { toBase64Url } from '../signing/base64url.ts';
import { toBytes } from '../signing/index.ts';

/** Creates a text of 43 characters with 256 random bits (RFC 7636, section 4.1). */
export const randomText = (): string => toBase64Url(crypto.getRandomValues(new Uint8Array(32)));

/** Computes the challenge of a verifier with S256 (RFC 7636, section 4.2). */
export async function challengeOf(verifier: string): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(toBytes(verifier)))));
}
