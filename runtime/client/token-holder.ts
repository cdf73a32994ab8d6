import type { Token, TokenStore } from './token-store.ts';

/** One token that all calls of a client share: of a session, or of one set of OAuth scopes. */
export type TokenHolder = {
  /** The current token, unless it has expired or the provider rejected it. */
  readonly current: (rejected: string | undefined) => Token | undefined;
  /** The last token, even if expired: it may have a refresh token. */
  readonly last: () => Token | undefined;
  /** A token from the store, or a new one. However many calls wait, `obtain` runs once at a time. */
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

/** A holder without a token at first. */
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
