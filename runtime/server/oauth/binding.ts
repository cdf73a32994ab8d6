import { base64url, calculateJwkThumbprint, EmbeddedJWK, errors, type JWK, jwtVerify } from 'jose';
import { equalBytes } from '../../signing/index.ts';
import type { PresentedToken, TokenClaims } from '../access-tokens.ts';

const ALGORITHMS = ['ES256', 'ES384', 'ES512', 'RS256', 'PS256', 'EdDSA', 'Ed25519'];

/** Seconds for which a proof is valid. */
const LIFETIME = 60;
/** The ids of proofs that were used. The oldest are removed first. */
const seen = new Map<string, number>();
const MOST = 100_000;

const sha256 = async (bytes: Uint8Array): Promise<string> =>
  base64url.encode(new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes))));

/** Why this caller cannot use a token that is bound to a key or a certificate. Undefined if the caller can use it. */
export async function boundTo(
  { cnf }: TokenClaims,
  presented: PresentedToken,
  clockTolerance: number,
): Promise<string | undefined> {
  const { jkt, 'x5t#S256': thumbprint } = (typeof cnf === 'object' && cnf !== null ? cnf : {}) as Readonly<
    Record<string, unknown>
  >;
  if (typeof thumbprint === 'string') {
    const { certificate } = presented;
    if (!certificate || !equalBytes(await sha256(certificate), thumbprint))
      return 'the token is bound to another client certificate';
  }
  if (typeof jkt !== 'string') return presented.isDpop ? 'the token is bound to no key, expected Bearer' : undefined;
  if (!presented.isDpop) return 'the token is bound to a key: a DPoP proof is missing';
  return proofFlaw(jkt, presented, clockTolerance);
}

/** The flaw of a DPoP proof (RFC 9449, section 4.3). */
async function proofFlaw(jkt: string, presented: PresentedToken, clockTolerance: number): Promise<string | undefined> {
  const { headers, method, now, token, url } = presented;
  const proof = headers.get('dpop') ?? '';
  try {
    const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, {
      typ: 'dpop+jwt',
      algorithms: ALGORITHMS,
      currentDate: new Date(now),
      clockTolerance,
      maxTokenAge: LIFETIME,
      requiredClaims: ['jti', 'htm', 'htu', 'ath'],
    });
    if (!equalBytes(await calculateJwkThumbprint(protectedHeader.jwk as JWK), jkt))
      return 'the DPoP proof is of another key';
    const { origin, pathname } = new URL(url);
    if (payload['htm'] !== method) return 'the DPoP proof is for another method';
    if (
      !URL.canParse(String(payload['htu'])) ||
      new URL(String(payload['htu'])).href !== new URL(origin + pathname).href
    )
      return 'the DPoP proof is for another URL';
    if (payload['ath'] !== (await sha256(new TextEncoder().encode(token))))
      return 'the DPoP proof is for another token';
    return isReplayed(`${jkt} ${payload.jti}`, now) ? 'the DPoP proof was used before' : undefined;
  } catch (error) {
    if (error instanceof errors.JOSEError) return 'the DPoP proof is missing or invalid';
    throw error;
  }
}

function isReplayed(id: string, now: number): boolean {
  const known = seen.get(id);
  if (known !== undefined && known > now) return true;
  seen.delete(id);
  seen.set(id, now + 2 * LIFETIME * 1000);
  if (seen.size > MOST) seen.delete(seen.keys().next().value ?? '');
  return false;
}
