import { CountersignError, type ErrorContext, isCountersignError } from '../client/index.ts';

/** Details of a failed token request. It contains no secret. */
export type OAuthFailure = {
  /** A sentence, secrets masked. */
  readonly message: string;
  /** The server's code (RFC 6749, section 5.2), such as `invalid_client`. Absent if it sent none. */
  readonly oauthError?: string;
  /** HTTP status of the response. Absent if there was none. */
  readonly status?: number;
  /** What was called, without its query. */
  readonly url?: string;
};

/** The client has no token: its authorization server gave none. The API was not called. */
export class OAuthError extends CountersignError<undefined> {
  override readonly name = 'OAuthError';
  readonly kind = 'oauth';
  /** The server's code (RFC 6749, section 5.2), such as `invalid_client`. */
  declare readonly oauthError?: string;
  /** HTTP status of the token endpoint. */
  declare readonly status?: number;
  /** The endpoint, without its query. */
  declare readonly url?: string;

  constructor({ message, ...about }: OAuthFailure, context: ErrorContext) {
    super(message, context, about);
  }
}

/**
 * Whether a value is an `OAuthError`, from any package: each one carries its own copy of the classes.
 *
 * @example
 * ```ts
 * if (isOAuthError(error) && error.oauthError === 'invalid_grant') console.warn('The user must log in again.');
 * ```
 */
export const isOAuthError = (error: unknown): error is OAuthError =>
  isCountersignError(error) && error.kind === 'oauth';
