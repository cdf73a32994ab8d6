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

/** A private key: PEM text, a JWK, or a function that returns PEM text, for a vault or a rotating key. */
export type PrivateKey = Credential | JsonWebKey;

/** Options of every grant. */
type Common<Scope extends string> = {
  /** The client id. Default: the environment variable `…_CLIENT_ID`. */
  readonly clientId?: string | undefined;
  /** The client secret. Default: the environment variable `…_CLIENT_SECRET`. */
  readonly clientSecret?: Credential | undefined;
  /**
   * The key that signs the client's assertion (`private_key_jwt`), or the assertion of the grant `jwtBearer`. Default:
   * the environment variable `…_PRIVATE_KEY`, if `clientAuthentication` or `grant` needs it or no secret is known.
   */
  readonly privateKey?: PrivateKey | undefined;
  /** The `kid` of the private key. Default: the `kid` of the JWK. */
  readonly keyId?: string | undefined;
  /** The algorithm of assertions. Default: the algorithm of the key, `RS256`, `ES256`, `ES384` or `EdDSA`. */
  readonly algorithm?: SigningAlgorithm | undefined;
  /**
   * How the client authenticates. Default: `private_key_jwt` with a key, `client_secret_basic` with a secret, otherwise
   * `none`.
   */
  readonly clientAuthentication?: ClientAuthentication | undefined;
  /** The `aud` of the client's assertion. Default: the issuer if known, otherwise the token endpoint. */
  readonly assertionAudience?: string | undefined;
  /** The scopes to request. Default: the scopes of each operation, with one token for each set. */
  readonly scopes?: readonly (Scope | (string & Record<never, never>))[] | undefined;
  /** The API for which the token is requested, if the server requires it. */
  readonly audience?: string | undefined;
  /** The API for which the token is requested, as RFC 8707 defines it. */
  readonly resource?: string | readonly string[] | undefined;
  /** Additional parameters of each token request. */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
  /** Binds tokens to a key (RFC 9449). `true` creates a new key for this client. */
  readonly dpop?: boolean | CryptoKeyPair | undefined;
  /**
   * The token URL, for example that of a mock. Default: the environment variable `…_TOKEN_URL`, otherwise the URL in
   * the contract.
   */
  readonly tokenUrl?: string | undefined;
  /** The issuer. Its metadata (RFC 8414) contain the endpoints. Default: the issuer in the contract. */
  readonly issuer?: string | undefined;
};

type Secretive = {
  /** The login name of the user. */
  readonly username: string;
  readonly password: Credential;
};

/** Options for a token of the client itself. */
export type ClientCredentialsOptions<Scope extends string = string> = Common<Scope> & {
  readonly grant?: 'clientCredentials' | undefined;
};
/** Options for a token in exchange for a user's name and password. RFC 9700 deprecates this grant. */
export type PasswordOptions<Scope extends string = string> = Common<Scope> & Secretive & { readonly grant: 'password' };
/**
 * Options for a token in exchange for your refresh token. A new refresh token of the server is stored in the token
 * store.
 */
export type RefreshTokenOptions<Scope extends string = string> = Common<Scope> & {
  readonly grant: 'refreshToken';
  readonly refreshToken: Credential;
};
/** Options for a token in exchange for a signed assertion (RFC 7523), for example of a Google service account. */
export type JwtBearerOptions<Scope extends string = string> = Common<Scope> & {
  readonly grant: 'jwtBearer';
  /** The `iss` of the assertion. For Google, it is the `client_email`. */
  readonly assertionIssuer: string;
  /** The `sub` of the assertion. Default: the issuer. */
  readonly subject?: string | undefined;
  /** Lifetime of the assertion in seconds. Default 300. */
  readonly lifetime?: number | undefined;
  /** Additional claims of the assertion. */
  readonly claims?: Readonly<Record<string, unknown>> | undefined;
};
/** Options for a user's token, requested with `oauthOf(client).authorizationUrl()` and `exchange()`. */
export type AuthorizationCodeOptions<Scope extends string = string> = Common<Scope> & {
  readonly grant: 'authorizationCode';
  readonly redirectUri?: string | undefined;
  /** The authorization URL. Default: the URL in the contract. */
  readonly authorizationUrl?: string | undefined;
};
/**
 * Options for a user's token, by a code that the user enters on another device:
 * `oauthOf(client).deviceAuthorization()`.
 */
export type DeviceAuthorizationOptions<Scope extends string = string> = Common<Scope> & {
  readonly grant: 'deviceAuthorization';
  /** The device authorization URL. Default: the URL in the contract. */
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
