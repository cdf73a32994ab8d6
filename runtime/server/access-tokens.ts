import type { OAuthDescriptor } from '../contract/index.ts';

/** The claims of an access token (RFC 7519, RFC 9068), or the server's introspection response (RFC 7662). */
export type TokenClaims = {
  /** The issuer. */
  readonly iss?: string;
  /** The user, or the client if it acts for itself. */
  readonly sub?: string;
  readonly aud?: string | readonly string[];
  /** Seconds since 1970. */
  readonly exp?: number;
  readonly iat?: number;
  readonly jti?: string;
  /** Separated by spaces. */
  readonly scope?: string;
  readonly client_id?: string;
  readonly [claim: string]: unknown;
};

/** Keys and tokens of every kind of check. */
type Common = {
  /** Default: the issuer in the metadata that the contract names (`oauth2MetadataUrl`, `openIdConnectUrl`). */
  readonly issuer?: string | undefined;
  /** Scopes of a token. Default: the claims `scope` and `scp`. */
  readonly scopesOf?: ((claims: TokenClaims) => readonly string[]) | undefined;
  /** Seconds by which clocks may differ. Default 30. */
  readonly clockTolerance?: number | undefined;
  /** Calls the authorization server. Default: the global `fetch`. */
  readonly fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
};

/** Tokens are JWTs, checked by the keys of their issuer. */
export type JwtAccessTokens = Common & {
  /** What `aud` must name: your API. Without it, a token for any other API of the issuer would pass. */
  readonly audience: string | readonly string[];
  /** Default: `jwks_uri` of the issuer's metadata. */
  readonly jwksUrl?: string | undefined;
  /** A key set instead of a fetched one. */
  readonly jwks?: { readonly keys: readonly object[] } | undefined;
  /** Default: every asymmetric algorithm of RFC 7518 and RFC 8037. */
  readonly algorithms?: readonly string[] | undefined;
};

/** The server sends each token to its issuer, which returns whether it is active (RFC 7662). */
export type IntrospectedAccessTokens = Common & {
  readonly audience?: string | readonly string[] | undefined;
  readonly introspection: {
    readonly clientId: string;
    readonly clientSecret: string;
    /** Default: `introspection_endpoint` of the issuer's metadata. */
    readonly url?: string | undefined;
    /** Seconds that a response is used again. Default 0. */
    readonly cacheFor?: number | undefined;
  };
};

/**
 * How the access tokens of an `oauth2` or `openIdConnect` scheme are checked. The handler finds their claims in
 * `context.identity`.
 *
 * @example
 * ```ts
 * const tokens: AccessTokens = { issuer: 'https://auth.acme.example', audience: 'https://api.acme.example' };
 * ```
 */
export type AccessTokens = JwtAccessTokens | IntrospectedAccessTokens;

/** The received token. */
export type PresentedToken = {
  readonly token: string;
  readonly isDpop: boolean;
  readonly method: string;
  /** As the caller called it. */
  readonly url: string;
  readonly headers: Headers;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** DER of the caller's certificate, if the platform provides it. */
  readonly certificate: Uint8Array | undefined;
};

/** Result of a check: the claims, or why the token is invalid. `reason` is a sentence without the token. */
export type TokenVerdict =
  | { readonly claims: TokenClaims; readonly scopes: readonly string[] }
  | { readonly problem: 'invalid' | 'expired'; readonly reason: string };

/** Creates the check of a scheme's tokens. It rejects if the authorization server does not respond. */
export type CompileAccessTokens = (
  oauth: OAuthDescriptor,
  tokens: AccessTokens,
) => (presented: PresentedToken) => Promise<TokenVerdict>;
