import type { Keeper } from '@countersign/runtime/store';
import { createLocalJWKSet, exportJWK, generateKeyPair, importJWK, type JSONWebKeySet, type JWK, SignJWT } from 'jose';
import { type ClerkVerifier, createClerkVerifier } from './clerk.ts';

/** Replaces Clerk in the sandbox: signs tokens for the demo user with its own key. */
export type LocalIssuer = {
  readonly jwks: JSONWebKeySet;
  readonly verify: ClerkVerifier;
  /** A session token. @param now milliseconds since 1970 */
  issue(userId: string, now: number, seconds?: number): Promise<string>;
};

const ISSUER = 'urn:countersign:sandbox:clerk';
const ALGORITHM = 'RS256';

async function makeKey(): Promise<string> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  return JSON.stringify(await exportJWK(privateKey));
}

export async function createLocalIssuer(keeper: Keeper): Promise<LocalIssuer> {
  const jwk = JSON.parse(await keeper.keep('clerk-private-key', makeKey)) as JWK;
  const { kty, n, e } = jwk;
  const jwks = { keys: [{ kty, n, e, alg: ALGORITHM, use: 'sig', kid: 'sandbox' }] } as JSONWebKeySet;
  const privateKey = await importJWK(jwk, ALGORITHM);
  return {
    jwks,
    verify: createClerkVerifier({ jwks: createLocalJWKSet(jwks), issuer: ISSUER }),
    issue: (userId, now, seconds = 43_200) =>
      new SignJWT()
        .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT', kid: 'sandbox' })
        .setIssuer(ISSUER)
        .setSubject(userId)
        .setIssuedAt(Math.floor(now / 1000))
        .setExpirationTime(Math.floor(now / 1000) + seconds)
        .sign(privateKey),
  };
}
