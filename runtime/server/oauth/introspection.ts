import type { IntrospectedAccessTokens, PresentedToken, TokenClaims, TokenVerdict } from '../access-tokens.ts';
import { ConfigurationError } from '../errors.ts';
import { LIMIT, type MetadataReader } from './metadata.ts';

type Verdict = { readonly claims: TokenClaims } | Extract<TokenVerdict, { readonly problem: unknown }>;

/** Maximum number of cached responses. The oldest are removed first. */
const MOST = 10_000;

const encoded = (text: string): string => new URLSearchParams([['', text]]).toString().slice(1);

/** Verifies each token at the authorization server (RFC 7662). */
export function createIntrospection(tokens: IntrospectedAccessTokens, metadata: MetadataReader) {
  const {
    introspection,
    audience,
    issuer,
    fetch = globalThis.fetch as NonNullable<IntrospectedAccessTokens['fetch']>,
  } = tokens;
  const { clientId, clientSecret, url: given, cacheFor = 0 } = introspection;
  if (!clientId || !clientSecret)
    throw new ConfigurationError('The option introspection requires clientId and clientSecret');
  const basic = btoa(`${encoded(clientId)}:${encoded(clientSecret)}`);
  const kept = new Map<string, { readonly until: number; readonly claims: Promise<Claims> }>();

  const ask = async (token: string): Promise<Claims> => {
    const url = given ?? (await metadata()).introspection_endpoint;
    if (!url)
      throw new ConfigurationError(
        'The metadata of the issuer contains no introspection_endpoint: set the option introspection.url',
      );
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(LIMIT),
      headers: {
        accept: 'application/json',
        authorization: `Basic ${basic}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ token, token_type_hint: 'access_token' }).toString(),
    });
    // A failure of the server, such as a wrong client secret, must not look like an invalid token.
    if (response.status !== 200) throw new Error(`The introspection endpoint ${url} returned HTTP ${response.status}`);
    return (await response.json()) as Claims;
  };

  const claimsOf = async ({ token, now }: PresentedToken): Promise<Claims> => {
    if (cacheFor <= 0) return ask(token);
    const key = await hashOf(token);
    const known = kept.get(key);
    if (known && known.until > now) return known.claims;
    const claims = ask(token);
    kept.delete(key);
    kept.set(key, { until: now + cacheFor * 1000, claims });
    if (kept.size > MOST) kept.delete(kept.keys().next().value ?? '');
    claims.catch(() => kept.delete(key));
    return claims;
  };

  return async (presented: PresentedToken, clockTolerance: number): Promise<Verdict> => {
    const { active, ...claims } = await claimsOf(presented);
    if (active !== true) return { problem: 'invalid', reason: 'the token is not active' };
    const now = presented.now / 1000;
    if (typeof claims.exp === 'number' && claims.exp + clockTolerance <= now) {
      return { problem: 'expired', reason: 'the token has expired' };
    }
    const own = [audience ?? []].flat();
    const named = [claims.aud ?? []].flat();
    if (own.length > 0 && !named.some((each) => own.includes(each))) {
      return { problem: 'invalid', reason: 'the token has a wrong aud' };
    }
    if (issuer && claims.iss !== undefined && claims.iss !== issuer) {
      return { problem: 'invalid', reason: 'the token has a wrong iss' };
    }
    return { claims };
  };
}

type Claims = TokenClaims & { readonly active?: unknown };

/** Tokens are cached by their hash, so that memory contains no table of tokens. */
async function hashOf(token: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}
