import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { MockProvider } from '../types.ts';
import { authorize } from './authorize.ts';
import { approveDevice, authorizeDevice } from './device.ts';
import { introspect } from './introspect.ts';
import { audienceOf, issuerCredentials, issuerPath } from './names.ts';
import { corsHeaders, json, OAuthRefusal } from './responses.ts';
import { respondWithToken } from './token-endpoint.ts';
import { grantsOf, type Issuer, type OAuthScheme, randomText } from './types.ts';

const ALGORITHM = 'ES256';
const OPENID = ['openid', 'profile', 'email', 'offline_access'];
function scopesOf({ operations }: MockProvider, { name, oauth }: OAuthScheme): readonly string[] {
  const declared = Object.values(oauth.flows).flatMap((flow) => flow?.scopes ?? []);
  const needed = operations.flatMap(({ descriptor }) => (descriptor.scopes ?? []).flatMap((each) => each[name] ?? []));
  return [...new Set([...declared, ...needed, ...OPENID])];
}

/** Creates the mock's authorization server for one scheme of a provider. */
export function createIssuer(provider: MockProvider, scheme: OAuthScheme, clock: () => number): Issuer {
  const names = issuerCredentials(scheme.name);
  let made: ReturnType<typeof makeKey> | undefined;
  const key = () => {
    made ??= makeKey();
    return made;
  };
  const issuer: Issuer = {
    scheme,
    path: issuerPath(provider.api.provider, scheme.name),
    audience: audienceOf(provider.api.provider),
    clientId: provider.credentials[names.clientId] ?? '',
    clientSecret: provider.credentials[names.clientSecret] ?? '',
    clientKey: provider.credentials[names.publicKey] ?? '',
    scopes: scopesOf(provider, scheme),
    codes: new Map(),
    refreshTokens: new Map(),
    assertions: new Map(),
    devices: new Map(),
    clock,
    jwks: async () => ({ keys: [(await key()).publicJwk] }),
    async sign(typ, claims) {
      const { privateKey, publicJwk } = await key();
      return new SignJWT(claims as never)
        .setProtectedHeader({ alg: ALGORITHM, typ, kid: publicJwk.kid ?? '' })
        .sign(privateKey);
    },
    expireAll() {
      made = undefined;
      issuer.codes.clear();
      issuer.refreshTokens.clear();
      issuer.devices.clear();
    },
    async fetch(request, url) {
      try {
        return await respond(issuer, request, url);
      } catch (error) {
        if (!(error instanceof OAuthRefusal)) throw error;
        return error.response();
      }
    },
  };
  return issuer;
}

async function makeKey() {
  const { privateKey, publicKey } = await generateKeyPair(ALGORITHM);
  const jwk = await exportJWK(publicKey);
  return { privateKey, publicJwk: { ...jwk, alg: ALGORITHM, use: 'sig', kid: randomText() } };
}

/** The HTTP method of each endpoint, by its name. */
const METHODS: { readonly [endpoint: string]: string | undefined } = {
  metadata: 'GET',
  jwks: 'GET',
  authorize: 'GET',
  device: 'GET',
  token: 'POST',
  device_authorization: 'POST',
  introspect: 'POST',
};

async function respond(issuer: Issuer, request: Request, url: URL): Promise<Response | undefined> {
  const { path } = issuer;
  const { pathname } = url;
  const isMetadata =
    pathname === `${path}/.well-known/openid-configuration` ||
    pathname === `/.well-known/oauth-authorization-server${path}` ||
    pathname === `/.well-known/openid-configuration${path}`;
  const name = isMetadata ? 'metadata' : pathname.startsWith(`${path}/`) ? pathname.slice(path.length + 1) : '';
  const allowed = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  if (allowed === undefined) return undefined;
  if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers: corsHeaders });
  if (request.method !== allowed) {
    return json({ error: 'invalid_request', error_description: `Use ${allowed}.` }, 405, { allow: allowed });
  }
  const base = `${url.origin}${path}`;
  if (name === 'metadata') return json(metadataOf(issuer, base));
  if (name === 'jwks') return json(await issuer.jwks());
  switch (name) {
    case 'authorize':
      return authorize(issuer, url, base);
    case 'device':
      return approveDevice(issuer, url);
    case 'device_authorization':
      return authorizeDevice(issuer, request, base);
    case 'introspect':
      return introspect(issuer, request, base);
    default:
      return respondWithToken(issuer, request, base);
  }
}

/** The metadata of the server (RFC 8414, section 2). */
function metadataOf({ scheme, scopes }: Issuer, base: string): object {
  return {
    issuer: base,
    token_endpoint: `${base}/token`,
    authorization_endpoint: `${base}/authorize`,
    device_authorization_endpoint: `${base}/device_authorization`,
    introspection_endpoint: `${base}/introspect`,
    jwks_uri: `${base}/jwks`,
    scopes_supported: scopes,
    response_types_supported: ['code'],
    grant_types_supported: grantsOf(scheme.oauth),
    token_endpoint_auth_methods_supported: [
      'client_secret_basic',
      'client_secret_post',
      'private_key_jwt',
      'tls_client_auth',
      'self_signed_tls_client_auth',
      'none',
    ],
    token_endpoint_auth_signing_alg_values_supported: [ALGORITHM],
    introspection_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    tls_client_certificate_bound_access_tokens: true,
    dpop_signing_alg_values_supported: ['ES256', 'ES384', 'ES512', 'RS256', 'PS256', 'EdDSA', 'Ed25519'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: [ALGORITHM],
  };
}
