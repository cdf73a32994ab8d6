import { calculateJwkThumbprint, EmbeddedJWK, errors, type JWK, jwtVerify } from 'jose';
import { OAuthRefusal } from './responses.ts';
import type { Issuer } from './types.ts';

/** Seconds for which a proof is valid. */
const LIFETIME = 60;

/**
 * The thumbprint of the key in the DPoP proof of a token request. Undefined without a proof (RFC 9449, section 5).
 * @throws {OAuthRefusal} invalid_dpop_proof
 */
export async function proofKeyOf(issuer: Issuer, request: Request, url: string): Promise<string | undefined> {
  const proof = request.headers.get('dpop');
  if (proof === null) return undefined;
  try {
    const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, {
      typ: 'dpop+jwt',
      currentDate: new Date(issuer.clock()),
      maxTokenAge: LIFETIME,
      clockTolerance: 5,
      requiredClaims: ['jti', 'htm', 'htu'],
    });
    if (payload['htm'] !== request.method || payload['htu'] !== url)
      throw new OAuthRefusal('invalid_dpop_proof', `The proof must be for ${request.method} ${url}.`);
    return await calculateJwkThumbprint(protectedHeader.jwk as JWK);
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error;
    throw new OAuthRefusal('invalid_dpop_proof', 'The proof is invalid or expired.');
  }
}
