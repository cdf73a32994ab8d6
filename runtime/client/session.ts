import type { Code, SessionScheme } from '../contract/index.ts';
import type { Token, TokenStore } from './token-store.ts';

/** The token of one session scheme, shared by all calls of a client. */
export type Session = {
  readonly scheme: SessionScheme;
  /**
   * The token, or a login where there is none, it is too old, or the provider rejected this very one.
   * However many calls wait, there is one login at a time.
   */
  token(now: () => number, rejected: string | undefined, login: () => Promise<string>): Promise<string>;
  /** The token at hand, without waiting. */
  current(now: () => number, rejected: string | undefined): string | undefined;
  /** After a login, also one that the caller asked for. */
  keep(value: string, now: () => number): Promise<void>;
  /** The last login; the next one repeats it, so that a refresh never changes the user. */
  last: { readonly operation: string; readonly input: unknown } | undefined;
};

export function createSession(scheme: SessionScheme, provider: string, store: TokenStore | undefined): Session {
  const key = `${provider}/${scheme.name}`;
  let held: Token | undefined;
  let pending: Promise<string> | undefined;
  const usable = (token: Token | undefined, now: () => number, rejected: string | undefined): token is Token =>
    token !== undefined &&
    token.value !== rejected &&
    (scheme.maxAge === undefined || now() - token.at < scheme.maxAge * 1000);
  const session: Session = {
    scheme,
    last: undefined,
    current: (now, rejected) => (usable(held, now, rejected) ? held.value : undefined),
    async token(now, rejected, login) {
      if (usable(held, now, rejected)) return held.value;
      pending ??= (async () => {
        // Another process may have logged in meanwhile.
        const stored = await store?.get(key);
        if (usable(stored, now, rejected)) {
          held = stored;
          return stored.value;
        }
        return login();
      })().finally(() => {
        pending = undefined;
      });
      return pending;
    },
    async keep(value, now) {
      held = { value, at: now() };
      await store?.set(key, held);
    },
  };
  return session;
}

export const isExpired = ({ expired }: SessionScheme, code: Code, status: number): boolean =>
  expired.some((entry) => entry.code === code && (entry.status === undefined || entry.status === status));
