/**
 * The exports of `runtime/client` and `runtime/oauth` whose names end like those of a contract's errors and operations.
 * `index.ts` exports both, so that the names must differ. It is a list because a loaded module does not contain its
 * types. A test compares it with the modules.
 */
export const CLIENT_NAMES: readonly string[] = [
  'AbortError',
  'ApiError',
  'BatchesStoppedError',
  'BodyTooLargeError',
  'CallError',
  'ConfigurationError',
  'ConnectionError',
  'CountersignError',
  'OAuthError',
  'TimeoutError',
  'UnexpectedAnswerError',
  'UnexpectedResponseError',
  'ValidationError',
  'isAbortError',
  'isApiError',
  'isBodyTooLargeError',
  'isConfigurationError',
  'isConnectionError',
  'isCountersignError',
  'isOAuthError',
  'isTimeoutError',
  'isUnexpectedAnswerError',
  'isUnexpectedResponseError',
  'isValidationError',
];
