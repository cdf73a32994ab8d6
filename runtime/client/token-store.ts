/** A token of a session or of OAuth, as stored. */
export type Token = {
  /** The token as it is sent: a secret. */
  readonly value: string;
  /** When it was issued: milliseconds since 1970. */
  readonly at: number;
  /** OAuth: when it expires, in milliseconds since 1970. Absent: the server does not say. */
  readonly expiresAt?: number;
  /** OAuth: gets the next token. A secret. */
  readonly refreshToken?: string;
  /** OAuth: `Bearer` or `DPoP`. */
  readonly type?: string;
  /** OAuth: the scopes that the server granted, separated by spaces, if it states them. */
  readonly scope?: string;
};

/**
 * Stores tokens, so that processes can share them. The key contains provider and scheme; with OAuth also the client,
 * the grant and the scopes. A store contains secrets: protect it like a password.
 */
export type TokenStore = {
  get(key: string): Token | undefined | Promise<Token | undefined>;
  set(key: string, token: Token): void | Promise<void>;
};
