import type { Token, TokenStore } from './token-store.ts';

/** One token that all calls of a client share: the token of a session, or of one set of OAuth scopes. */
export type TokenHolder = {
  /** Returns the current token, unless it has expired or the provider rejected it. */
  readonly current: (rejected: string | undefined) => Token | undefined;
  /** Returns the last token, even if it has expired, because it may have a refresh token. */
  readonly last: () => Token | undefined;
  /** Returns a token from the store, or a new one. Concurrent calls share one run of `obtain`. */
  readonly renew: (rejected: string | undefined, obtain: () => Promise<unknown>) => Promise<Token | undefined>;
  /** Reads the store again: another process may have written to it. */
  readonly reload: () => Promise<Token | undefined>;
  readonly keep: (token: Token) => Promise<void>;
};

/** The input of a token holder. */
export type TokenHolderOptions = {
  /** Names the token in the store. */
  readonly key: string;
  readonly isFresh: (token: Token) => boolean;
  readonly store: TokenStore | undefined;
};

/** Creates a holder without a token at first. */
export function createTokenHolder({ key, isFresh, store }: TokenHolderOptions): TokenHolder {
  let held: Token | undefined;
  let pending: Promise<Token | undefined> | undefined;
  const holder: TokenHolder = {
    current: (rejected) => (held && held.value !== rejected && isFresh(held) ? held : undefined),
    last: () => held,
    renew(rejected, obtain) {
      pending ??= (async () => {
        await holder.reload();
        if (holder.current(rejected) === undefined) await obtain();
        return held;
      })().finally(() => {
        pending = undefined;
      });
      return pending;
    },
    async reload() {
      held = (await store?.get(key)) ?? held;
      return held;
    },
    async keep(token) {
      held = token;
      await store?.set(key, token);
    },
  };
  return holder;
}
