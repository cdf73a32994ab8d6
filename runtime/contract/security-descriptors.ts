import type { CredentialDescriptor, Refusals } from './credential-descriptors.ts';
import type { ChallengeDescriptor, PackedDescriptor, RecipeDescriptor } from './recipe.ts';
import type { Carrier, Code, JsonPointer } from './values.ts';

/** A security scheme of the type `apiKey`. */
export type KeyScheme = {
  readonly kind: 'key';
  readonly name: string;
  readonly credential: CredentialDescriptor;
  readonly refusals: Refusals;
};

/** A flow of OAuth 2, by its name in OpenAPI. */
export type OAuthFlowName = 'implicit' | 'password' | 'clientCredentials' | 'authorizationCode' | 'deviceAuthorization';

/**
 * The endpoints of one OAuth 2 flow, with the URLs of the contract. Relative URLs are resolved against the API's base
 * URL.
 */
export type OAuthFlowDescriptor = {
  readonly authorizationUrl?: string;
  readonly deviceAuthorizationUrl?: string;
  readonly tokenUrl?: string;
  readonly refreshUrl?: string;
  /** Names of the scopes that the contract lists. */
  readonly scopes: readonly string[];
};

/** The authorization server of an `oauth2` or `openIdConnect` scheme, as the contract declares it. */
export type OAuthDescriptor = {
  readonly flows: { readonly [Flow in OAuthFlowName]?: OAuthFlowDescriptor };
  /** The URL of the server's metadata (RFC 8414 or OpenID Connect Discovery). */
  readonly metadataUrl?: string;
};

/** The token of `Authorization: Bearer`. With `oauth`, an authorization server issues it (RFC 6749). */
export type BearerScheme = {
  readonly kind: 'bearer';
  readonly name: string;
  readonly credential: CredentialDescriptor;
  readonly oauth?: OAuthDescriptor;
  readonly refusals: Refusals;
};

/** `Authorization: Basic`. The value of the credential is `user:password`. */
export type BasicScheme = {
  readonly kind: 'basic';
  readonly name: string;
  readonly credential: CredentialDescriptor;
  readonly refusals: Refusals;
};

/** A token that a login operation returns. */
export type SessionScheme = {
  readonly kind: 'session';
  readonly name: string;
  readonly carriers: readonly Carrier[];
  /** The operationIds of logins. The first one is the default. */
  readonly operations: readonly string[];
  /** The token in the login's response body (the whole body, not the envelope's data). */
  readonly token: JsonPointer;
  readonly expired: readonly { readonly code: Code; readonly status?: number }[];
  /** Lifetime of the token in seconds. */
  readonly maxAge?: number;
  readonly refusals: Refusals;
};

/**
 * `iso`: with milliseconds; `iso-seconds`: without; `iso-basic`: `20260131T120000Z`. In the scheme's zone: `datetime`:
 * `2026-01-31 12:00:00`; `iso-local`: `2026-01-31T12:00:00`; `compact`: `20260131120000`. `http`: an HTTP date.
 */
export type TimestampUnit =
  | 's'
  | 'ms'
  | 'iso'
  | 'iso-seconds'
  | 'iso-basic'
  | 'iso-local'
  | 'compact'
  | 'datetime'
  | 'http';

/** The location of a scheme's timestamp, its units, and its tolerance in seconds. */
export type TimestampDescriptor = Carrier & {
  readonly units: readonly TimestampUnit[];
  readonly tolerance: number;
  /** The offset of the time zone in minutes east of UTC, for `datetime`. */
  readonly zone?: number;
  /**
   * The location of the tolerance that a request states, in milliseconds or seconds. `value` is the tolerance that a
   * client sends.
   */
  readonly window?: Carrier & { readonly unit: 's' | 'ms'; readonly value: number; readonly max: number };
};

/** The format of a generated value. `counter`: an increasing number. */
export type MadeForm = 'hex' | 'uuid' | 'counter';

/** A security scheme with `x-cs-signing`: the locations of its credentials, timestamp, nonce and signature. */
export type SignatureScheme = {
  readonly kind: 'signature';
  readonly name: string;
  /** The name of the export in the provider's signing plugin. */
  readonly signer: string;
  readonly algorithm: string;
  readonly signature: Carrier;
  /**
   * The timestamp. The client sends the first unit, and a server accepts all units. The tolerance in seconds applies in
   * both directions.
   */
  readonly timestamp?: TimestampDescriptor;
  /** A value that is new for each attempt. The receiver accepts it once. */
  readonly nonce?: Carrier & { readonly bytes: number; readonly form?: MadeForm };
  /** A value that all attempts of a call share. It is used up when the handler has succeeded. */
  readonly id?: Carrier & { readonly form?: MadeForm };
  readonly credentials: readonly CredentialDescriptor[];
  /** The header that contains several of these values. */
  readonly packed?: PackedDescriptor;
  /** The recipe. Without it, the provider's plugin signs. */
  readonly recipe?: RecipeDescriptor;
  readonly replay: 'nonce' | 'signature' | 'id' | 'none';
  /**
   * Set if different values can give the same message. A receiver that remembers nonces then also remembers signatures.
   */
  readonly ambiguous?: true;
  readonly challenge?: ChallengeDescriptor;
  /** How responses are signed: a recipe with the credentials of the scheme. */
  readonly responses?: Omit<SignatureScheme, 'refusals' | 'responses' | 'challenge'>;
  readonly refusals: Refusals;
};

/** A signature scheme as the sender of a request needs it. */
export type SentSignature = Omit<SignatureScheme, 'refusals' | 'algorithm' | 'replay' | 'ambiguous'>;

/**
 * Mutual TLS: the request contains no credential. The connection or a trusted proxy identifies the caller by its
 * certificate.
 */
export type MutualTlsScheme = {
  readonly kind: 'mutualTLS';
  readonly name: string;
  readonly refusals: Refusals;
};

/** A security scheme of any kind. */
export type SecuritySchemeDescriptor =
  | KeyScheme
  | BearerScheme
  | BasicScheme
  | SessionScheme
  | SignatureScheme
  | MutualTlsScheme;
