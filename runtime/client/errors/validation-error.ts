import type { JsonPointer } from '../../contract/index.ts';
import { CountersignError, type ErrorContext, isKind } from './countersign-error.ts';

export type ValidationIssue = {
  /** Into the call's input (`/body/username`), or into the answer's body (`/data/coin`). */
  readonly pointer: JsonPointer;
  /** JSON type of the value found there. The value itself is never kept. */
  readonly type: string;
  readonly message: string;
};

/** Input that the contract forbids (nothing was sent), or an answer that it forbids. */
export class ValidationError extends CountersignError<undefined> {
  override readonly name = 'ValidationError';
  readonly kind = 'validation';
  declare readonly of: 'input' | 'answer';
  declare readonly issues: readonly ValidationIssue[];

  constructor(of: 'input' | 'answer', issues: readonly ValidationIssue[], context: ErrorContext) {
    const list = issues.map(({ pointer, type, message }) => `${pointer || '/'} (${type}): ${message}`).join('; ');
    super(`the ${of} breaks the contract at ${list}`, context, { of, issues });
  }
}

export const isValidationError = (error: unknown): error is ValidationError => isKind(error, 'validation');
