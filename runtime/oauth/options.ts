import type { Credential } from '../client/index.ts';
import type { OAuthFlowName } from '../contract/index.ts';

/** How a client authenticates at the token endpoint, by its name in IANA's registry. */
export type ClientAuthentication =
  | 'client_secret_basic'
  | 'client_secret_post'
  | 'private_key_jwt'
  | 'tls_client_auth'
  | 'self_signed_tls_client_auth'
  | 'none';

/** The algorithm of a JWT that the client signs (RFC 7518, RFC 8037). */
export type SigningAlgorithm = 'RS256' | 'RS384' | 'RS512' | 'PS256' | 'PS384' | 'PS512' | 'ES256' | 'ES384' | 'EdDSA';

/** PEM text, a JWK, or a function that returns PEM text: a vault, a rotating key. */
export type PrivateKey = Credential | JsonWebKey;

/** Options of every grant. */
type Common<Scope extends string> = {
  /** Default: the environment variable `…_CLIENT_ID`. */
  readonly clientId?: string | undefined;
  /** Default: the environment variable `…_CLIENT_SECRET`. */
  readonly clientSecret?: Credential | undefined;
  /**
   * Signs the client's assertion (`private_key_jwt`), or that of the grant `jwtBearer`. Default: the environment variable
   * `…_PRIVATE_KEY`, if `clientAuthentication` or `grant` needs it or no secret is known.
   */
  readonly privateKey?: PrivateKey | undefined;
  /** `kid` of the private key. Default: that of the JWK. */
  readonly keyId?: string | undefined;
  /** Default: by the key, `RS256`, `ES256`, `ES384` or `EdDSA`. */
  readonly algorithm?: SigningAlgorithm | undefined;
  /** Default: `private_key_jwt` with a key, `client_secret_basic` with a secret, otherwise `none`. */
  readonly clientAuthentication?: ClientAuthentication | undefined;
  /** `aud` of the client's assertion. Default: the issuer if known, otherwise the token endpoint. */
  readonly assertionAudience?: string | undefined;
  /** Default: the scopes of each operation, with one token for each set. */
  readonly scopes?: readonly (Scope | (string & Record<never, never>))[] | undefined;
  /** The API that the token is for, if the server requires it. */
  readonly audience?: string | undefined;
  /** The same by RFC 8707. */
  readonly resource?: string | readonly string[] | undefined;
  /** Further parameters of each token request. */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
  /** Binds tokens to a key (RFC 9449): `true` for a new key of this client, or your own pair. */
  readonly dpop?: boolean | CryptoKeyPair | undefined;
  /** Overrides the contract's, for example with that of a mock. Default: the environment variable `…_TOKEN_URL`. */
  readonly tokenUrl?: string | undefined;
  /** The authorization server, whose metadata (RFC 8414) name its endpoints. Default: the contract's. */
  readonly issuer?: string | undefined;
};

type Secretive = {
  /** The user's login. */
  readonly username: string;
  readonly password: Credential;
};

/** A token of the client itself. */
export type ClientCredentialsOptions<Scope extends string = string> = Common<Scope> & {
  readonly grant?: 'clientCredentials' | undefined;
};
/** A token for a user's name and password; deprecated by RFC 9700. */
export type PasswordOptions<Scope extends string = string> = Common<Scope> & Secretive & { readonly grant: 'password' };
/** A token from your refresh token. A new refresh token of the server is stored in the token store. */
export type RefreshTokenOptions<Scope extends string = string> = Common<Scope> & {
  readonly grant: 'refreshToken';
  readonly refreshToken: Credential;
};
/** A token for a signed assertion (RFC 7523), for example of a service account of Google. */
export type JwtBearerOptions<Scope extends string = string> = Common<Scope> & {
  readonly grant: 'jwtBearer';
  /** `iss` of the assertion; for Google the `client_email`. */
  readonly assertionIssuer: string;
  /** `sub`. Default: the issuer. */
  readonly subject?: string | undefined;
  /** Seconds. Default 300. */
  readonly lifetime?: number | undefined;
  /** Further claims. */
  readonly claims?: Readonly<Record<string, unknown>> | undefined;
};
/** A user's token, by `oauthOf(client).authorizationUrl()` and `exchange()`. */
export type AuthorizationCodeOptions<Scope extends string = string> = Common<Scope> & {
  readonly grant: 'authorizationCode';
  readonly redirectUri?: string | undefined;
  /** Overrides the value of the contract. */
  readonly authorizationUrl?: string | undefined;
};
/** A user's token, by a code that the user types elsewhere: `oauthOf(client).deviceAuthorization()`. */
export type DeviceAuthorizationOptions<Scope extends string = string> = Common<Scope> & {
  readonly grant: 'deviceAuthorization';
  /** Overrides the value of the contract. */
  readonly deviceAuthorizationUrl?: string | undefined;
};

/**
 * How one security scheme gets its tokens: by a flow of the contract, by a refresh token, or by a signed assertion.
 *
 * @example
 * ```ts
 * const options: OAuthOptions<'clientCredentials', 'orders:read'> = {
 *   clientId: 'shop',
 *   clientSecret: async () => (await import('node:fs/promises')).readFile('/run/secrets/acme', 'utf8'),
 * };
 * ```
 */
export type OAuthOptions<Flow extends OAuthFlowName = OAuthFlowName, Scope extends string = string> =
  | ('clientCredentials' extends Flow ? ClientCredentialsOptions<Scope> : never)
  | ('password' extends Flow ? PasswordOptions<Scope> : never)
  | ('authorizationCode' extends Flow ? AuthorizationCodeOptions<Scope> : never)
  | ('deviceAuthorization' extends Flow ? DeviceAuthorizationOptions<Scope> : never)
  | RefreshTokenOptions<Scope>
  | JwtBearerOptions<Scope>;

/** How a client gets its token. */
export type Grant = NonNullable<OAuthOptions['grant']>;
