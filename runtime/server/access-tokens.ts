import type { OAuthDescriptor } from '../contract/index.ts';

/** The claims of an access token (RFC 7519, RFC 9068), or the server's introspection response (RFC 7662). */
export type TokenClaims = {
  /** The issuer. */
  readonly iss?: string;
  /** The user, or the client if it acts for itself. */
  readonly sub?: string;
  readonly aud?: string | readonly string[];
  /** The time of expiry, in seconds since 1970. */
  readonly exp?: number;
  readonly iat?: number;
  readonly jti?: string;
  /** The granted scopes, separated by spaces. */
  readonly scope?: string;
  readonly client_id?: string;
  readonly [claim: string]: unknown;
};

/** Keys and tokens of every kind of check. */
type Common = {
  /**
   * The issuer of valid tokens. Default: the issuer in the metadata that the contract names (`oauth2MetadataUrl`,
   * `openIdConnectUrl`).
   */
  readonly issuer?: string | undefined;
  /** Returns the scopes of a token. Default: the claims `scope` and `scp`. */
  readonly scopesOf?: ((claims: TokenClaims) => readonly string[]) | undefined;
  /** Maximum clock skew in seconds. Default 30. */
  readonly clockTolerance?: number | undefined;
  /** Calls the authorization server. Default: the global `fetch`. */
  readonly fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
};

/** Settings for tokens that are JWTs. They are verified with the keys of their issuer. */
export type JwtAccessTokens = Common & {
  /**
   * The value that `aud` must contain: your API. Without this check, a token for any other API of the issuer would be
   * accepted.
   */
  readonly audience: string | readonly string[];
  /** The URL of the key set. Default: `jwks_uri` of the issuer's metadata. */
  readonly jwksUrl?: string | undefined;
  /** A key set instead of a fetched one. */
  readonly jwks?: { readonly keys: readonly object[] } | undefined;
  /** The accepted signature algorithms. Default: every asymmetric algorithm of RFC 7518 and RFC 8037. */
  readonly algorithms?: readonly string[] | undefined;
};

/** Settings for tokens that the server sends to their issuer, which returns whether they are active (RFC 7662). */
export type IntrospectedAccessTokens = Common & {
  readonly audience?: string | readonly string[] | undefined;
  readonly introspection: {
    readonly clientId: string;
    readonly clientSecret: string;
    /** The URL of the introspection endpoint. Default: `introspection_endpoint` of the issuer's metadata. */
    readonly url?: string | undefined;
    /** Seconds for which a response is cached. Default 0. */
    readonly cacheFor?: number | undefined;
  };
};

/**
 * Settings that define how the access tokens of an `oauth2` or `openIdConnect` scheme are checked. The handler finds
 * their claims in `context.identity`.
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
  /** The URL that the caller used. */
  readonly url: string;
  readonly headers: Headers;
  /** The time in milliseconds since 1970. */
  readonly now: number;
  /** The caller's certificate as DER, if the platform provides it. */
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
