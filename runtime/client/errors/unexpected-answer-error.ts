import { CountersignError, type ErrorContext, isKind } from './countersign-error.ts';

const REASONS = {
  empty: 'its body is empty',
  undecodable: 'its body is not the JSON that the contract promises',
  'no-code': 'its body has no code where the envelope has one',
  'status-disagrees': 'its code says success and its HTTP status does not',
  'no-token': 'the login gave no token',
} as const;

export type UnexpectedAnswerReason = keyof typeof REASONS;

/** An answer that is neither a success nor a failure of the contract, such as an empty 500 or a gateway's HTML page. */
export class UnexpectedAnswerError extends CountersignError<undefined> {
  override readonly name = 'UnexpectedAnswerError';
  readonly kind = 'unexpected-answer';
  readonly reason: UnexpectedAnswerReason;
  /** HTTP status. */
  readonly status: number;
  readonly requestId: string | undefined;
  /** Milliseconds that the provider asks to wait. */
  readonly retryAfter: number | undefined;

  constructor(
    reason: UnexpectedAnswerReason,
    answer: {
      readonly status: number;
      readonly requestId?: string | undefined;
      readonly retryAfter?: number | undefined;
    },
    context: ErrorContext,
  ) {
    super(`${context.provider} ${context.operation}: HTTP ${answer.status}, but ${REASONS[reason]}`, context);
    this.reason = reason;
    this.status = answer.status;
    this.requestId = answer.requestId;
    this.retryAfter = answer.retryAfter;
  }
}

export const isUnexpectedAnswerError = (error: unknown): error is UnexpectedAnswerError =>
  isKind(error, 'unexpected-answer');
