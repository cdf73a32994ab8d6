/** A token of a session or of OAuth, as a store keeps it. */
export type Token = {
  /** The token as it is sent: a secret. */
  readonly value: string;
  /** When it was handed out: milliseconds since 1970. */
  readonly at: number;
  /** OAuth: when it expires, in milliseconds since 1970. Absent: the server does not say. */
  readonly expiresAt?: number;
  /** OAuth: gets the next token. A secret. */
  readonly refreshToken?: string;
  /** OAuth: `Bearer` or `DPoP`. */
  readonly type?: string;
  /** OAuth: the scopes that the server granted, separated by spaces, where it says. */
  readonly scope?: string;
};

/**
 * Where tokens are kept, so that processes may share them. The key names provider and scheme; with OAuth also the client, the
 * grant and the scopes. A store holds secrets: keep it as safe as a password.
 */
export type TokenStore = {
  get(key: string): Token | undefined | Promise<Token | undefined>;
  set(key: string, token: Token): void | Promise<void>;
};
