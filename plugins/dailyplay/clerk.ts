import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';

/** A dashboard user: the `sub` of a Clerk session token. */
export type ClerkUser = { readonly userId: string };

/** The user of a token; `expired` if it was valid once, null if it is not from this issuer. */
export type ClerkVerifier = (token: string, now: number) => Promise<ClerkUser | 'expired' | null>;

export type ClerkOptions = {
  /** The issuer's public keys: a URL, fetched on demand and cached, or a key set of `jose`. */
  readonly jwks: URL | JWTVerifyGetKey;
  /** The required `iss`: `https://<name>.clerk.accounts.dev`. */
  readonly issuer: string;
  /** The allowed values of `azp`, if the token has it. Default: any origin. */
  readonly authorizedParties?: readonly string[] | undefined;
};

/** Allowed clock skew in seconds, the same as in Clerk's own checks. */
const SKEW = 5;

/** Errors of the token. Any other failure concerns the keys and is not caused by the caller. */
const WRONG: readonly string[] = [
  errors.JWTInvalid.code,
  errors.JWTClaimValidationFailed.code,
  errors.JWSInvalid.code,
  errors.JWSSignatureVerificationFailed.code,
  errors.JOSEAlgNotAllowed.code,
  errors.JOSENotSupported.code,
  errors.JWKSNoMatchingKey.code,
  errors.JWKSMultipleMatchingKeys.code,
];

/** Compact form (RFC 7515, section 7.1): base64url without padding. Libraries also accept padding. */
const COMPACT = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** Checks Clerk session tokens by the issuer's published keys. */
export function createClerkVerifier({ jwks, issuer, authorizedParties }: ClerkOptions): ClerkVerifier {
  const keys = jwks instanceof URL ? createRemoteJWKSet(jwks, { timeoutDuration: 3000 }) : jwks;
  return async (token, now) => {
    if (!COMPACT.test(token)) return null;
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        // Only asymmetric algorithms: with a symmetric one, every verifier could create tokens.
        algorithms: ['RS256', 'ES256', 'EdDSA'],
        clockTolerance: SKEW,
        currentDate: new Date(now),
        requiredClaims: ['sub', 'exp'],
      });
      const { sub, azp } = payload;
      if (sub === undefined || sub === '') return null;
      if (authorizedParties !== undefined && azp !== undefined && !authorizedParties.includes(String(azp))) return null;
      return { userId: sub };
    } catch (error) {
      if (error instanceof errors.JWTExpired) return 'expired';
      if (error instanceof errors.JOSEError && WRONG.includes(error.code)) return null;
      throw error;
    }
  };
}
