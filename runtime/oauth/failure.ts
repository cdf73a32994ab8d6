import type { OAuthFailure } from './oauth-error.ts';

/** A failed token request that does not belong to one call: many calls may wait for it. */
export class TokenFailure extends Error {
  readonly failure: OAuthFailure;
  /** The same request may succeed later. */
  readonly isTransient: boolean;
  /** Milliseconds to wait, as the server states. */
  readonly retryAfter: number | undefined;
  /** Milliseconds since 1970 by the server's clock. */
  readonly date: number | undefined;

  constructor(
    failure: OAuthFailure,
    more: { readonly isTransient?: boolean; readonly retryAfter?: number | undefined; readonly date?: number } = {},
  ) {
    super(failure.message);
    this.failure = failure;
    this.isTransient = more.isTransient ?? false;
    this.retryAfter = more.retryAfter;
    this.date = more.date;
  }
}
