/** A token of a session or of OAuth, as stored. */
export type Token = {
  /** The token as it is sent. This is a secret. */
  readonly value: string;
  /** Time of issue, in milliseconds since 1970. */
  readonly at: number;
  /** OAuth: time of expiry, in milliseconds since 1970. Undefined if the server does not state it. */
  readonly expiresAt?: number;
  /** OAuth: the refresh token, with which the next token is requested. This is a secret. */
  readonly refreshToken?: string;
  /** OAuth: the token type, `Bearer` or `DPoP`. */
  readonly type?: string;
  /** OAuth: the scopes that the server granted, separated by spaces, if it states them. */
  readonly scope?: string;
};

/**
 * Stores tokens, so that processes can share them. The key contains provider and scheme; for OAuth, also the client,
 * the grant and the scopes. A store contains secrets: protect it like a password.
 */
export type TokenStore = {
  get(key: string): Token | undefined | Promise<Token | undefined>;
  set(key: string, token: Token): void | Promise<void>;
};
