import { CountersignError, type ErrorContext, isCountersignError } from '../client/index.ts';

/** Details of a failed token request. It contains no secret. */
export type OAuthFailure = {
  /** A sentence with masked secrets. */
  readonly message: string;
  /** The server's code (RFC 6749, section 5.2), such as `invalid_client`. Undefined if it sent none. */
  readonly oauthError?: string;
  /** HTTP status of the response. Undefined if there was no response. */
  readonly status?: number;
  /** The URL that was called, without its query. */
  readonly url?: string;
};

/** The error of a client that could not get a token from the authorization server. The API was not called. */
export class OAuthError extends CountersignError<undefined> {
  override readonly name = 'OAuthError';
  readonly kind = 'oauth';
  /** The server's code (RFC 6749, section 5.2), such as `invalid_client`. */
  declare readonly oauthError?: string;
  /** HTTP status of the token endpoint. */
  declare readonly status?: number;
  /** The URL of the endpoint, without its query. */
  declare readonly url?: string;

  constructor({ message, ...about }: OAuthFailure, context: ErrorContext) {
    super(message, context, about);
  }
}

/**
 * Whether a value is an `OAuthError` of any package. Each package contains its own copy of the class.
 *
 * @example
 * ```ts
 * if (isOAuthError(error) && error.oauthError === 'invalid_grant') console.warn('The user must log in again.');
 * ```
 */
export const isOAuthError = (error: unknown): error is OAuthError =>
  isCountersignError(error) && error.kind === 'oauth';
