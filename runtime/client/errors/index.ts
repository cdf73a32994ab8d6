import type { AbortError } from './abort-error.ts';
import type { BodyTooLargeError } from './body-too-large-error.ts';
import type { ConfigurationError } from './configuration-error.ts';
import type { ConnectionError } from './connection-error.ts';
import type { TimeoutError } from './timeout-error.ts';
import type { UnexpectedResponseError } from './unexpected-response-error.ts';
import type { ValidationError } from './validation-error.ts';

export { AbortError, isAbortError } from './abort-error.ts';
export { ApiError, type ApiErrorInit, isApiError, type ResponseContext } from './api-error.ts';
export { BodyTooLargeError, isBodyTooLargeError } from './body-too-large-error.ts';
export { ConfigurationError, isConfigurationError } from './configuration-error.ts';
export { ConnectionError, isConnectionError } from './connection-error.ts';
export { CountersignError, type ErrorContext, type ErrorKind, isCountersignError } from './countersign-error.ts';
export { isTimeoutError, TimeoutError } from './timeout-error.ts';
/** @deprecated The earlier names of `UnexpectedResponseError` and its guard. */
export {
  isUnexpectedResponseError as isUnexpectedAnswerError,
  isUnexpectedResponseError,
  UnexpectedResponseError as UnexpectedAnswerError,
  UnexpectedResponseError,
  type UnexpectedResponseReason,
} from './unexpected-response-error.ts';
export { isValidationError, ValidationError, type ValidationIssue } from './validation-error.ts';

/** Errors that any call can return. */
export type CallFailure =
  | TimeoutError
  | AbortError
  | ConnectionError
  | BodyTooLargeError
  | ValidationError
  | UnexpectedResponseError
  | ConfigurationError;
