import { randomBytes } from 'node:crypto';
import type { JWK } from 'jose';
import type { BearerScheme, OAuthDescriptor } from '../../contract/index.ts';

/** A scheme whose tokens an authorization server issues. */
export type OAuthScheme = BearerScheme & { readonly oauth: OAuthDescriptor };

/** The values of an authorization request that the code is bound to. */
export type AuthorizationRequest = {
  readonly redirectUri: string;
  readonly challenge: string;
  readonly scopes: readonly string[];
  readonly nonce: string | undefined;
};

/** The state of a user's login until the code is exchanged. */
export type GivenCode = AuthorizationRequest & { readonly until: number };

/** The grant of a refresh token. `jkt`: the thumbprint of the DPoP key that it is bound to. */
export type RefreshGrant = {
  readonly subject: string;
  readonly scopes: readonly string[];
  readonly jkt?: string | undefined;
  /** The SHA-256 thumbprint of the client's certificate, in Base64 for URLs. */
  readonly thumbprint?: string | undefined;
};

/** A login on another device: the user approves it in a browser. */
export type DeviceGrant = {
  readonly userCode: string;
  readonly scopes: readonly string[];
  readonly until: number;
  isApproved: boolean;
};

/** The authorization server of one scheme. Keys, codes and refresh tokens end with the process, or with a reset. */
export type Issuer = {
  readonly scheme: OAuthScheme;
  /** The path of the server below the origin: `/acme/__mock/oauth/acmeOAuth`. */
  readonly path: string;
  readonly audience: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The public key of the client's assertions, as PEM. */
  readonly clientKey: string;
  /** Every scope that the contract lists for the scheme, and those of OpenID Connect. */
  readonly scopes: readonly string[];
  readonly codes: Map<string, GivenCode>;
  readonly refreshTokens: Map<string, RefreshGrant>;
  /** The ids of used assertions, with the time until which they are kept, in milliseconds since 1970. */
  readonly assertions: Map<string, number>;
  /** The logins on other devices, by device code. */
  readonly devices: Map<string, DeviceGrant>;
  /** Returns milliseconds since 1970. */
  readonly clock: () => number;
  /** Returns the public key as a key set. */
  readonly jwks: () => Promise<{ readonly keys: readonly JWK[] }>;
  readonly sign: (typ: string, claims: Readonly<Record<string, unknown>>) => Promise<string>;
  /** Returns the response of the authorization server. Undefined for any other path. */
  readonly fetch: (request: Request, url: URL) => Promise<Response | undefined>;
  /** Ends all tokens. */
  readonly expireAll: () => void;
};

/** The `grant_type` of a login on another device (RFC 8628, section 3.4). */
export const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';

/** The `grant_type` of a signed assertion (RFC 7523, section 2.1). */
export const ASSERTION_GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** Seconds for which an access token is valid. */
export const LIFETIME = 600;
/** Maximum number of stored codes and refresh tokens. The oldest are removed first. */
const MOST = 10_000;

/** Creates a text that cannot be guessed. */
export const randomText = (): string => randomBytes(24).toString('base64url');

/** Adds an entry, and removes the oldest beyond the limit of the mock. */
export function remember<T>(kept: Map<string, T>, key: string, value: T): void {
  kept.set(key, value);
  if (kept.size > MOST) kept.delete(kept.keys().next().value ?? '');
}

/** The `grant_type` of each flow in the contract. If the contract has only metadata, all grants of the mock. */
export function grantsOf({ flows, metadataUrl }: OAuthDescriptor): readonly string[] {
  const all = metadataUrl !== undefined && Object.keys(flows).length === 0;
  return [
    ...(all || flows.clientCredentials ? ['client_credentials'] : []),
    ...(all || flows.password ? ['password'] : []),
    ...(all || flows.authorizationCode ? ['authorization_code'] : []),
    ...(all || flows.deviceAuthorization ? [DEVICE_GRANT] : []),
    'refresh_token',
    ASSERTION_GRANT,
  ];
}
