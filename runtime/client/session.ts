import type { AskingSession } from './client-api.ts';
import { createTokenHolder } from './token-holder.ts';
import type { TokenStore } from './token-store.ts';

/** The token of one session scheme, shared by all calls of a client. */
export type Session = {
  readonly scheme: AskingSession;
  /** The current token, unless it has expired or the provider rejected it. */
  current(refused: string | undefined): string | undefined;
  /** Returns a token from the store or from a login. Concurrent calls share one login. */
  renew(refused: string | undefined, login: () => Promise<void>): Promise<string>;
  /** Stores the token of a login, including a login that the caller started. */
  keep(value: string): Promise<void>;
  /** The last login. The next login repeats it, so that a refresh never changes the user. */
  last: { readonly operation: string; readonly input: unknown } | undefined;
};

/** Creates the session of one scheme, without a token at first. `key` names the token in the store. */
export function createSession(scheme: AskingSession, key: string, now: () => number, store?: TokenStore): Session {
  const { maxAge = Infinity } = scheme;
  const holder = createTokenHolder({ key, store, isFresh: ({ at }) => now() - at < maxAge * 1000 });
  return {
    scheme,
    last: undefined,
    current: (refused) => holder.current(refused)?.value,
    renew: async (refused, login) => (await holder.renew(refused, login))?.value ?? '',
    keep: (value) => holder.keep({ value, at: now() }),
  };
}
