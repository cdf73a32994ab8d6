/**
 * What `runtime/client` and `runtime/oauth` export by names that end as those of a contract's errors and operations do; `index.ts` exports
 * both. A list, because a loaded module has no types; a test compares it with the module.
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
  'isValidationError',
];
