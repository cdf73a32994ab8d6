/** A session token, as a store keeps it. */
export type Token = {
  /** The token as it is sent: a secret. */
  readonly value: string;
  /** When it was handed out: milliseconds since 1970. */
  readonly at: number;
};

/** Where session tokens are kept, so that processes may share them. The key names provider and scheme. */
export type TokenStore = {
  get(key: string): Token | undefined | Promise<Token | undefined>;
  set(key: string, token: Token): void | Promise<void>;
};
