import type { OAuthFailure } from './oauth-error.ts';

/** The error of a failed token request. It does not belong to one call, because many calls may wait for the token. */
export class TokenFailure extends Error {
  readonly failure: OAuthFailure;
  /** Whether the same request may succeed later. */
  readonly isTransient: boolean;
  /** Milliseconds to wait, if the server states them. */
  readonly retryAfter: number | undefined;
  /** The time of the response in milliseconds since 1970, by the server's clock. */
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
