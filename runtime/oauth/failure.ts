import type { OAuthFailure } from './oauth-error.ts';

/** A token request that failed, before it is known whose call it was for: many calls may wait for it. */
export class TokenFailure extends Error {
  readonly failure: OAuthFailure;
  /** The same request may go better another time. */
  readonly isTransient: boolean;
  /** Milliseconds that the server asks to wait. */
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
