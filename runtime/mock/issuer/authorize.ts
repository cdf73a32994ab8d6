import { OAuthRefusal } from './responses.ts';
import { scopesFor } from './scopes.ts';
import { type GivenCode, grantsOf, type Issuer, randomText, remember } from './types.ts';

/** Milliseconds for which a code is valid. */
const CODE_LIFETIME = 60_000;
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Whether a code may be sent to a redirect URI: over TLS, to this machine, or to the scheme of an app (RFC 8252,
 * section 7).
 */
function isRedirectUri(text: string): boolean {
  if (!URL.canParse(text) || text.includes('#')) return false;
  const { protocol, hostname } = new URL(text);
  if (protocol === 'http:') return LOOPBACK.includes(hostname);
  return protocol === 'https:' || protocol.includes('.');
}

/** Redirects at once, as if the user had logged in and consented. */
export function authorize(issuer: Issuer, { searchParams }: URL, base: string): Response {
  const given = (name: string): string => searchParams.get(name) ?? '';
  const redirectUri = given('redirect_uri');
  // These two errors are not sent to the redirect URI, which may belong to anybody (RFC 6749, section 4.1.2.1).
  if (given('client_id') !== issuer.clientId)
    throw new OAuthRefusal('invalid_request', 'client_id is unknown: use the demo client of `mock env`.');
  if (!isRedirectUri(redirectUri))
    throw new OAuthRefusal('invalid_request', 'redirect_uri must be an https URL, or an http URL of this machine.');
  const back = new URL(redirectUri);
  const state = searchParams.get('state');
  if (state !== null) back.searchParams.set('state', state);
  back.searchParams.set('iss', base);
  try {
    const code = randomText();
    remember(issuer.codes, code, readRequest(issuer, given, redirectUri));
    back.searchParams.set('code', code);
  } catch (error) {
    if (!(error instanceof OAuthRefusal)) throw error;
    back.searchParams.set('error', error.code);
    back.searchParams.set('error_description', error.message);
  }
  return new Response(null, { status: 302, headers: { location: back.href, 'cache-control': 'no-store' } });
}

function readRequest(issuer: Issuer, given: (name: string) => string, redirectUri: string): GivenCode {
  if (!grantsOf(issuer.scheme.oauth).includes('authorization_code'))
    throw new OAuthRefusal('unauthorized_client', 'The contract has no flow authorizationCode.');
  if (given('response_type') !== 'code')
    throw new OAuthRefusal('unsupported_response_type', 'response_type must be code.');
  const challenge = given('code_challenge');
  if (given('code_challenge_method') !== 'S256' || !/^[\w-]{43}$/.test(challenge))
    throw new OAuthRefusal('invalid_request', 'PKCE is missing: send code_challenge, and code_challenge_method=S256.');
  return {
    redirectUri,
    challenge,
    scopes: scopesFor(issuer, given('scope')),
    nonce: given('nonce') || undefined,
    until: issuer.clock() + CODE_LIFETIME,
  };
}
