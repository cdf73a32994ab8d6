import type { JsonPointer } from '../../contract/index.ts';
import { CountersignError, type ErrorContext, isKind } from './countersign-error.ts';

/** One place where a value violates the contract. */
export type ValidationIssue = {
  /** Pointer into the call's input (`/body/username`) or into the response body (`/data/coin`). */
  readonly pointer: JsonPointer;
  /** JSON type of the received value. The value itself is never kept. */
  readonly type: string;
  /** The problem and the expected value. It does not quote received values. */
  readonly message: string;
};

/** `/body/coin: expected integer, received number`: validators name the type that they received only sometimes. */
const describe = ({ pointer, type, message }: ValidationIssue): string => {
  const received = message.includes('received') ? '' : `, received ${type}`;
  return `${pointer || '/'}: ${message.replace(/^Invalid input: /, '')}${received}`;
};

/** Input that violates the contract (nothing was sent), or a response that violates it. */
export class ValidationError extends CountersignError<undefined> {
  override readonly name = 'ValidationError';
  readonly kind = 'validation';
  /** `input`: nothing was sent. `answer`: the response violates the contract. */
  declare readonly of: 'input' | 'answer';
  /** Every place where the value violates the contract. */
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
