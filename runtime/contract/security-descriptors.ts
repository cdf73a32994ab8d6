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

/** The endpoints of one flow of OAuth 2. URLs are as the contract has them; relative ones are resolved against the API's base URL. */
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
  /** The server's metadata: RFC 8414, or OpenID Connect Discovery. */
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

/** `Authorization: Basic`; the credential's value is `user:password`. */
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
  /** operationIds of logins; the first is the default. */
  readonly operations: readonly string[];
  /** The token in the login's response body (the whole body, not the envelope's data). */
  readonly token: JsonPointer;
  readonly expired: readonly { readonly code: Code; readonly status?: number }[];
  /** Seconds. */
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

/** The place of a scheme's timestamp, its units, and its tolerance in seconds. */
export type TimestampDescriptor = Carrier & {
  readonly units: readonly TimestampUnit[];
  readonly tolerance: number;
  /** Minutes east of UTC, for `datetime`. */
  readonly zone?: number;
  /** The request states its own tolerance there, in milliseconds or seconds. `value` is what a client sends. */
  readonly window?: Carrier & { readonly unit: 's' | 'ms'; readonly value: number; readonly max: number };
};

/** A generated value. `counter`: a number that grows. */
export type MadeForm = 'hex' | 'uuid' | 'counter';

/** A security scheme with `x-cs-signing`: credentials, timestamp, nonce and signature, and their places. */
export type SignatureScheme = {
  readonly kind: 'signature';
  readonly name: string;
  /** Export of the provider's signing plugin. */
  readonly signer: string;
  readonly algorithm: string;
  readonly signature: Carrier;
  /** The client sends the first unit; a server accepts all. Tolerance in seconds, both ways. */
  readonly timestamp?: TimestampDescriptor;
  /** New for each attempt, used up when it is seen. */
  readonly nonce?: Carrier & { readonly bytes: number; readonly form?: MadeForm };
  /** The same for all attempts of a call, used up when its handler succeeded. */
  readonly id?: Carrier & { readonly form?: MadeForm };
  readonly credentials: readonly CredentialDescriptor[];
  /** The header that contains several of these values. */
  readonly packed?: PackedDescriptor;
  /** Without it, the provider's plugin signs. */
  readonly recipe?: RecipeDescriptor;
  readonly replay: 'nonce' | 'signature' | 'id' | 'none';
  /** The message can be cut in two ways: a receiver that remembers nonces also remembers signatures. */
  readonly ambiguous?: true;
  readonly challenge?: ChallengeDescriptor;
  /** How responses are signed: a recipe with the credentials of the scheme. */
  readonly answers?: Omit<SignatureScheme, 'refusals' | 'answers' | 'challenge'>;
  readonly refusals: Refusals;
};

/** A signature scheme as the sender of a request needs it. */
export type SentSignature = Omit<SignatureScheme, 'refusals' | 'algorithm' | 'replay' | 'ambiguous'>;

/** A client certificate: the request contains nothing, and the connection or a trusted proxy identifies the caller. */
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
