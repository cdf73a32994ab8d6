import type { AnswerContext } from './api-error.ts';
import { CountersignError, type ErrorContext, isKind } from './countersign-error.ts';

/** How a response differs from the contract. */
export type UnexpectedAnswerReason =
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
export class UnexpectedAnswerError extends CountersignError<undefined> implements AnswerContext {
  override readonly name = 'UnexpectedAnswerError';
  readonly kind = 'unexpected-answer';
  /** How the response differs from the contract. */
  declare readonly reason: UnexpectedAnswerReason;
  declare readonly status: number;
  declare readonly requestId: string | undefined;
  declare readonly retryAfter: number | undefined;

  constructor(reason: UnexpectedAnswerReason, context: ErrorContext & AnswerContext) {
    super(`unexpected response: HTTP ${context.status} with ${reason}`, context, { reason });
  }
}

/**
 * Whether a value is an `UnexpectedAnswerError` of any package. Each package contains its own copy of the class.
 *
 * @example
 * ```ts
 * if (isUnexpectedAnswerError(error)) console.error(error.reason, error.message);
 * ```
 */
export const isUnexpectedAnswerError = (error: unknown): error is UnexpectedAnswerError =>
  isKind(error, 'unexpected-answer');
