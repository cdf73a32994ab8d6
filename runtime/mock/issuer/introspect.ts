import { createLocalJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import { authenticateClient, readForm } from './client.ts';
import { json, OAuthRefusal } from './responses.ts';
import type { Issuer } from './types.ts';

const isProofBound = ({ cnf }: JWTPayload): boolean =>
  (cnf as { readonly jkt?: string } | undefined)?.jkt !== undefined;

/**
 * Handles the introspection endpoint (RFC 7662), which returns the state and claims of a token to servers that cannot
 * read it. @throws {OAuthRefusal}
 */
export async function introspect(issuer: Issuer, request: Request, base: string): Promise<Response> {
  const form = await readForm(request);
  if (!(await authenticateClient(issuer, request, form, base)).isProven)
    throw new OAuthRefusal('invalid_client', 'client_secret is missing: use the demo client of `mock env`.');
  const token = form.get('token');
  if (!token) throw new OAuthRefusal('invalid_request', 'token is missing.');
  const refresh = issuer.refreshTokens.get(token);
  if (refresh) {
    const { subject: sub, scopes } = refresh;
    return json({ active: true, iss: base, sub, client_id: issuer.clientId, scope: scopes.join(' ') });
  }
  try {
    const keys = createLocalJWKSet((await issuer.jwks()) as never);
    const currentDate = new Date(issuer.clock());
    const { payload } = await jwtVerify(token, keys, { typ: 'at+jwt', currentDate, requiredClaims: ['exp'] });
    return json({ active: true, token_type: isProofBound(payload) ? 'DPoP' : 'Bearer', ...payload });
  } catch (error) {
    if (error instanceof errors.JOSEError) return json({ active: false });
    throw error;
  }
}
