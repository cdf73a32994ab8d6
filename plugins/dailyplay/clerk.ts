import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';

/** A dashboard user: the `sub` of a Clerk session token. */
export type ClerkUser = { readonly userId: string };

/** Who has a token; `expired` where it was good once, null where it is none of this issuer's. */
export type ClerkVerifier = (token: string, now: number) => Promise<ClerkUser | 'expired' | null>;

export type ClerkOptions = {
  /** The issuer's public keys: a URL, fetched when needed and kept, or what `jose` made of a set. */
  readonly jwks: URL | JWTVerifyGetKey;
  /** What `iss` must be: `https://<name>.clerk.accounts.dev`. */
  readonly issuer: string;
  /** What `azp` must be one of, where the token has it. Without them every origin may ask. */
  readonly authorizedParties?: readonly string[] | undefined;
};

/** Clocks may differ by so many seconds; what Clerk's own checks allow. */
const SKEW = 5;

/** What is wrong with the token; every other failure is one of getting the keys, and not the caller's fault. */
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

/** Compact form (RFC 7515, section 7.1): base64url without padding, which libraries take as well. */
const COMPACT = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** Checks Clerk session tokens by the issuer's published keys. */
export function createClerkVerifier({ jwks, issuer, authorizedParties }: ClerkOptions): ClerkVerifier {
  const keys = jwks instanceof URL ? createRemoteJWKSet(jwks, { timeoutDuration: 3000 }) : jwks;
  return async (token, now) => {
    if (!COMPACT.test(token)) return null;
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        // Asymmetric alone: with a symmetric one whoever can check a token could make it.
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
