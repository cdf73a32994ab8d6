import { createHash } from 'node:crypto';
import { equalBytes } from '../../signing/index.ts';
import { readAssertion } from './assertion.ts';
import { authenticateClient, type ProvenClient, readForm } from './client.ts';
import { redeemDevice } from './device.ts';
import { proofKeyOf } from './proof.ts';
import { json, OAuthRefusal } from './responses.ts';
import { scopesFor } from './scopes.ts';
import {
  ASSERTION_GRANT,
  DEVICE_GRANT,
  type GivenCode,
  grantsOf,
  type Issuer,
  LIFETIME,
  type RefreshGrant,
  randomText,
  remember,
} from './types.ts';

type Granted = RefreshGrant & { readonly nonce?: string | undefined; readonly refreshes: boolean };

/** Handles the token endpoint (RFC 6749, section 3.2). @throws {OAuthRefusal} */
export async function respondWithToken(issuer: Issuer, request: Request, base: string): Promise<Response> {
  const form = await readForm(request);
  const grant = form.get('grant_type') ?? '';
  if (grant === '') throw new OAuthRefusal('invalid_request', 'grant_type is missing.');
  if (!grantsOf(issuer.scheme.oauth).includes(grant)) {
    const known = grantsOf(issuer.scheme.oauth).join(', ');
    throw new OAuthRefusal('unsupported_grant_type', `grant_type must be one of the flows of the contract: ${known}.`);
  }
  const { isProven, thumbprint } = await clientOf(issuer, request, form, base);
  // Any caller may claim to be a public client, so it must prove its identity by a code or a refresh token.
  if (!isProven && (grant === 'client_credentials' || grant === 'password'))
    throw new OAuthRefusal('invalid_client', UNPROVEN);
  const jkt = await proofKeyOf(issuer, request, `${base}/token`);
  const refreshKey = isProven ? undefined : jkt;
  const login = await granted(issuer, grant, form, base, jkt);
  return json(await tokensFor(issuer, { ...login, jkt, thumbprint }, base, refreshKey));
}

const UNPROVEN =
  'client_secret is missing: use the demo client of `mock env`, or sign a client_assertion with its private key. For mutual TLS, ' +
  'send the certificate in the header Client-Cert (RFC 9440), as a proxy that ends TLS does: the mock speaks HTTP only.';

/** Finds the client of a request. A signed assertion identifies the client (RFC 7521, section 3). */
async function clientOf(issuer: Issuer, request: Request, form: URLSearchParams, base: string): Promise<ProvenClient> {
  const isBare = !request.headers.has('authorization') && !form.has('client_id') && !form.has('client_assertion');
  if (isBare && form.get('grant_type') === ASSERTION_GRANT) return { isProven: false };
  return authenticateClient(issuer, request, form, base);
}

async function granted(
  issuer: Issuer,
  grant: string,
  form: URLSearchParams,
  base: string,
  jkt: string | undefined,
): Promise<Granted> {
  const scope = form.get('scope') ?? '';
  const need = (name: string): string => {
    const value = form.get(name);
    if (!value) throw new OAuthRefusal('invalid_request', `${name} is missing.`);
    return value;
  };
  switch (grant) {
    case 'authorization_code': {
      const { scopes, nonce } = redeem(issuer, need('code'), form);
      return { subject: 'demo-user', scopes, nonce, refreshes: true };
    }
    case 'refresh_token': {
      const presented = need('refresh_token');
      const known = issuer.refreshTokens.get(presented);
      if (!known) throw new OAuthRefusal('invalid_grant', 'The refresh token is unknown, or was already used.');
      // This is checked before the token is used up, so that a thief of the token cannot end the login of its owner.
      if (known.jkt !== undefined && known.jkt !== jkt)
        throw new OAuthRefusal('invalid_grant', 'The refresh token is bound to a different key.');
      const scopes = scopesFor(issuer, scope, known.scopes);
      // Each refresh token is used once (RFC 9700, section 4.14.2).
      issuer.refreshTokens.delete(presented);
      return { ...known, scopes: scope === '' ? known.scopes : scopes, refreshes: true };
    }
    case DEVICE_GRANT: {
      const { scopes } = redeemDevice(issuer, need('device_code'));
      return { subject: 'demo-user', scopes, refreshes: true };
    }
    case 'password': {
      const subject = need('username');
      need('password');
      return { subject, scopes: scopesFor(issuer, scope), refreshes: true };
    }
    case ASSERTION_GRANT: {
      const claims = await readAssertion(issuer, need('assertion'), base, 'invalid_grant');
      const asked = scope === '' && typeof claims['scope'] === 'string' ? claims['scope'] : scope;
      return { subject: claims.sub ?? '', scopes: scopesFor(issuer, asked), refreshes: false };
    }
    default:
      return { subject: issuer.clientId, scopes: scopesFor(issuer, scope), refreshes: false };
  }
}

/** Exchanges a code. It is used up even if the request fails (RFC 6749, section 4.1.2). */
function redeem(issuer: Issuer, code: string, form: URLSearchParams): GivenCode {
  const known = issuer.codes.get(code);
  issuer.codes.delete(code);
  if (!known || known.until < issuer.clock())
    throw new OAuthRefusal('invalid_grant', 'The code is unknown, already used, or expired.');
  if ((form.get('redirect_uri') ?? '') !== known.redirectUri)
    throw new OAuthRefusal('invalid_grant', 'redirect_uri does not match redirect_uri of the authorization request.');
  const verifier = form.get('code_verifier') ?? '';
  if (!equalBytes(createHash('sha256').update(verifier).digest('base64url'), known.challenge))
    throw new OAuthRefusal('invalid_grant', 'code_verifier does not match the code_challenge.');
  return known;
}

/**
 * Creates the tokens of a response.
 * @param refreshKey the DPoP key of a public client. Refresh tokens of other clients are protected by their secret (RFC
 * 9449, section 5)
 */
async function tokensFor(
  issuer: Issuer,
  { subject, scopes, nonce, refreshes, jkt, thumbprint }: Granted,
  base: string,
  refreshKey: string | undefined,
) {
  const { clientId, audience } = issuer;
  const iat = Math.floor(issuer.clock() / 1000);
  const common = { iss: base, sub: subject, iat, exp: iat + LIFETIME };
  const scope = scopes.join(' ');
  const claims = {
    ...common,
    aud: audience,
    client_id: clientId,
    scope,
    jti: randomText(),
    ...((jkt || thumbprint) && { cnf: { ...(jkt && { jkt }), ...(thumbprint && { 'x5t#S256': thumbprint }) } }),
  };
  const refreshToken = randomText();
  if (refreshes) remember(issuer.refreshTokens, refreshToken, { subject, scopes, jkt: refreshKey });
  const isOpenId = refreshes && scopes.includes('openid');
  return {
    access_token: await issuer.sign('at+jwt', claims),
    token_type: jkt ? 'DPoP' : 'Bearer',
    expires_in: LIFETIME,
    scope,
    ...(refreshes && { refresh_token: refreshToken }),
    ...(isOpenId && { id_token: await issuer.sign('JWT', { ...common, aud: clientId, ...(nonce && { nonce }) }) }),
  };
}
