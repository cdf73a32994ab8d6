import { errors, importSPKI, type JWTPayload, jwtVerify } from 'jose';
import { OAuthRefusal } from './responses.ts';
import { type Issuer, remember } from './types.ts';

const ALGORITHM = 'ES256';
/** Maximum clock skew in seconds. */
const TOLERANCE = 30;

/**
 * Reads the claims of an assertion that the demo key signed (RFC 7523, section 3). Each assertion is accepted once.
 *
 * @param base the issuer. The audience of the assertion is the issuer or one of its endpoints
 * @param code the code of the error
 * @throws {OAuthRefusal}
 */
export async function readAssertion(
  issuer: Issuer,
  assertion: string,
  base: string,
  code: 'invalid_client' | 'invalid_grant',
): Promise<JWTPayload> {
  const now = issuer.clock();
  try {
    const { payload } = await jwtVerify(assertion, await importSPKI(issuer.clientKey, ALGORITHM), {
      algorithms: [ALGORITHM],
      audience: [base, `${base}/token`, `${base}/device_authorization`, `${base}/introspect`],
      currentDate: new Date(now),
      clockTolerance: TOLERANCE,
      requiredClaims: ['iss', 'sub', 'exp'],
    });
    const { jti, exp = 0 } = payload;
    if (jti !== undefined) {
      if ((issuer.assertions.get(jti) ?? 0) > now) throw new OAuthRefusal(code, 'The assertion was already used.');
      remember(issuer.assertions, jti, (exp + TOLERANCE) * 1000);
    }
    return payload;
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error;
    const why = error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired;
    const said = why
      ? `The claim ${error.claim} of the assertion is invalid: expected iss, sub, a future exp, and aud ${base}.`
      : 'The signature of the assertion is invalid: sign it with the private key of `mock env`, by ES256.';
    throw new OAuthRefusal(code, said);
  }
}
