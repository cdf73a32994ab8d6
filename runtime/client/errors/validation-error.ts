import type { JsonPointer } from '../../contract/index.ts';
import { CountersignError, type ErrorContext, isKind } from './countersign-error.ts';

/** One place where a value breaks the contract. */
export type ValidationIssue = {
  /** Into the call's input (`/body/username`), or into the answer's body (`/data/coin`). */
  readonly pointer: JsonPointer;
  /** JSON type of the value found there. The value itself is never kept. */
  readonly type: string;
  /** What is wrong, and what was expected. It quotes no value. */
  readonly message: string;
};

/** `/body/coin: expected integer, received number`: validators name the type that they received only sometimes. */
const describe = ({ pointer, type, message }: ValidationIssue): string => {
  const received = message.includes('received') ? '' : `, received ${type}`;
  return `${pointer || '/'}: ${message.replace(/^Invalid input: /, '')}${received}`;
};

/** Input that the contract forbids (nothing was sent), or an answer that it forbids. */
export class ValidationError extends CountersignError<undefined> {
  override readonly name = 'ValidationError';
  readonly kind = 'validation';
  /** `input`: nothing was sent. `answer`: the response breaks the contract. */
  declare readonly of: 'input' | 'answer';
  /** Every place where the value breaks the contract. */
  declare readonly issues: readonly ValidationIssue[];

  constructor(of: 'input' | 'answer', issues: readonly ValidationIssue[], context: ErrorContext) {
    const list = issues.map(describe).join('; ');
    super(`invalid ${of === 'input' ? 'request' : 'response'} at ${list}`, context, { of, issues });
  }
}

/**
 * Whether a value is a `ValidationError`, from any package: each one carries its own copy of the classes.
 *
 * @example
 * ```ts
 * if (isValidationError(error)) for (const { pointer, message } of error.issues) console.error(pointer, message);
 * ```
 */
export const isValidationError = (error: unknown): error is ValidationError => isKind(error, 'validation');
