import { createLocalJWKSet, createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { JwtAccessTokens, PresentedToken, TokenClaims, TokenVerdict } from '../access-tokens.ts';
import { ConfigurationError } from '../errors.ts';
import { LIMIT, type MetadataReader } from './metadata.ts';

/**
 * The accepted algorithms. None of them uses a shared secret, because a public key would be accepted as the secret (RFC
 * 8725, section 2.1).
 */
const ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];

type Verdict = { readonly claims: TokenClaims } | Extract<TokenVerdict, { readonly problem: unknown }>;
type Source = { readonly keys: JWTVerifyGetKey; readonly issuer: string };

/** Verifies tokens that are JWTs (RFC 9068) with the keys of their issuer. */
export function createJwtCheck(tokens: JwtAccessTokens, metadata: MetadataReader) {
  const { audience, algorithms = ALGORITHMS, issuer, jwks, jwksUrl, fetch } = tokens;
  if ([audience].flat().filter(Boolean).length === 0) {
    throw new ConfigurationError(
      'The audience of the access tokens is not configured: set the option audience, or introspection',
    );
  }
  let source: Source | undefined;
  const sourceOf = async (): Promise<Source> => {
    if (source) return source;
    const { jwks_uri: found, issuer: named } = jwks || jwksUrl ? { issuer, jwks_uri: jwksUrl } : await metadata();
    const by = issuer ?? named ?? (await metadata()).issuer;
    if (!jwks && !found)
      throw new ConfigurationError(`The metadata of the issuer ${by} contains no jwks_uri: set the option jwksUrl`);
    const options = { timeoutDuration: LIMIT, ...(fetch && { [customFetch]: fetch as never }) };
    const keys = jwks ? createLocalJWKSet(jwks as never) : createRemoteJWKSet(new URL(found ?? ''), options);
    source = { keys, issuer: by };
    return source;
  };

  return async ({ token, now }: PresentedToken, clockTolerance: number): Promise<Verdict> => {
    const { keys, issuer: by } = await sourceOf();
    try {
      const { payload, protectedHeader } = await jwtVerify(token, keys, {
        issuer: by,
        audience: [audience].flat() as string[],
        algorithms: [...algorithms],
        clockTolerance,
        currentDate: new Date(now),
        requiredClaims: ['exp'],
      });
      // A logout token or a proof is not an access token.
      if (protectedHeader.typ && !/^(application\/)?(at\+)?jwt$/i.test(protectedHeader.typ)) {
        return { problem: 'invalid', reason: `the token is of the type ${protectedHeader.typ}, expected at+jwt` };
      }
      return { claims: payload as TokenClaims };
    } catch (error) {
      if (
        !(error instanceof errors.JOSEError) ||
        error instanceof errors.JWKSTimeout ||
        error instanceof errors.JWKSInvalid
      )
        throw error;
      // If the key set cannot be loaded, the token is not invalid.
      if (error.code === 'ERR_JOSE_GENERIC') throw error;
      if (error instanceof errors.JWTExpired) return { problem: 'expired', reason: 'the token has expired' };
      return { problem: 'invalid', reason: reasonOf(error) };
    }
  };
}

/** Describes an error without the values in the token, which are untrusted. */
function reasonOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWTClaimValidationFailed) {
    return error.reason === 'missing' ? `the token has no ${error.claim}` : `the token has a wrong ${error.claim}`;
  }
  if (error instanceof errors.JWKSNoMatchingKey) return 'the token is signed by an unknown key';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'the signature of the token is wrong';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'the token is signed by an algorithm that is not allowed';
  return 'the token is not a signed JWT';
}
