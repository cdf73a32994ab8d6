import type { ResponseContext } from './api-error.ts';
import { CountersignError, type ErrorContext, isKind } from './countersign-error.ts';

/** How a response differs from the contract. */
export type UnexpectedResponseReason =
  | 'an empty body'
  | 'a body that is not JSON'
  | 'a web page'
  | 'a body that is not the XML of the contract'
  | 'text in an unknown encoding'
  /** A line of a stream of JSON lines. The first line is 1. */
  | `line ${number} that is not JSON`
  /** A part of a multipart stream. The first part is 1. */
  | `part ${number} that is not multipart data`
  | 'no code'
  | 'a code that says success'
  | 'no signature'
  | 'a signature that is wrong'
  | 'a timestamp that is not within the tolerance'
  | 'no token';

/**
 * The error of a response that is neither a success nor a failure of the contract, such as an empty 500 or the HTML
 * page of a gateway.
 */
export class UnexpectedResponseError extends CountersignError<undefined> implements ResponseContext {
  override readonly name = 'UnexpectedResponseError';
  readonly kind = 'unexpected-answer';
  /** How the response differs from the contract. */
  declare readonly reason: UnexpectedResponseReason;
  declare readonly status: number;
  declare readonly requestId: string | undefined;
  declare readonly retryAfter: number | undefined;

  constructor(reason: UnexpectedResponseReason, context: ErrorContext & ResponseContext) {
    super(`unexpected response: HTTP ${context.status} with ${reason}`, context, { reason });
  }
}

/**
 * Whether a value is an `UnexpectedResponseError` of any package. Each package contains its own copy of the class.
 *
 * @example
 * ```ts
 * if (isUnexpectedResponseError(error)) console.error(error.reason, error.message);
 * ```
 */
export const isUnexpectedResponseError = (error: unknown): error is UnexpectedResponseError =>
  isKind(error, 'unexpected-answer');
