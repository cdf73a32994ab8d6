import type { AnswerContext } from './api-error.ts';
import { CountersignError, type ErrorContext, isKind } from './countersign-error.ts';

/** The difference of a response from the contract. */
export type UnexpectedAnswerReason =
  | 'an empty body'
  | 'a body that is not JSON'
  | 'a web page'
  | 'a body that is not the XML of the contract'
  | 'text in an unknown encoding'
  /** Of a stream of JSON lines; the first is 1. */
  | `line ${number} that is not JSON`
  /** Of a multipart stream; the first is 1. */
  | `part ${number} that is not multipart data`
  | 'no code'
  | 'a code that says success'
  | 'no signature'
  | 'a signature that is wrong'
  | 'a timestamp that is not within the tolerance'
  | 'no token';

/**
 * A response that is neither a success nor a failure of the contract, such as an empty 500 or a gateway's HTML page.
 */
export class UnexpectedAnswerError extends CountersignError<undefined> implements AnswerContext {
  override readonly name = 'UnexpectedAnswerError';
  readonly kind = 'unexpected-answer';
  /** The difference of the response from the contract. */
  declare readonly reason: UnexpectedAnswerReason;
  declare readonly status: number;
  declare readonly requestId: string | undefined;
  declare readonly retryAfter: number | undefined;

  constructor(reason: UnexpectedAnswerReason, context: ErrorContext & AnswerContext) {
    super(`unexpected response: HTTP ${context.status} with ${reason}`, context, { reason });
  }
}

/**
 * Whether a value is an `UnexpectedAnswerError`, from any package: each one carries its own copy of the classes.
 *
 * @example
 * ```ts
 * if (isUnexpectedAnswerError(error)) console.error(error.reason, error.message);
 * ```
 */
export const isUnexpectedAnswerError = (error: unknown): error is UnexpectedAnswerError =>
  isKind(error, 'unexpected-answer');
