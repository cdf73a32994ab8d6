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

/**
 * Formats an issue as `/body/coin: expected integer, received number`. Only some messages of validators name the
 * received type.
 */
const describe = ({ pointer, type, message }: ValidationIssue): string => {
  const received = message.includes('received') ? '' : `, received ${type}`;
  return `${pointer || '/'}: ${message.replace(/^Invalid input: /, '')}${received}`;
};

/** The error of an input or a response that violates the contract. For an invalid input, nothing was sent. */
export class ValidationError extends CountersignError<undefined> {
  override readonly name = 'ValidationError';
  readonly kind = 'validation';
  /** `input`: nothing was sent. `response`: the response violates the contract. */
  declare readonly of: 'input' | 'response';
  /** Every place where the value violates the contract. */
  declare readonly issues: readonly ValidationIssue[];

  constructor(of: 'input' | 'response', issues: readonly ValidationIssue[], context: ErrorContext) {
    const list = issues.map(describe).join('; ');
    super(`invalid ${of === 'input' ? 'request' : 'response'} at ${list}`, context, { of, issues });
  }
}

/**
 * Whether a value is a `ValidationError` of any package. Each package contains its own copy of the class.
 *
 * @example
 * ```ts
 * if (isValidationError(error)) for (const { pointer, message } of error.issues) console.error(pointer, message);
 * ```
 */
export const isValidationError = (error: unknown): error is ValidationError => isKind(error, 'validation');
