import { CountersignError, type ErrorContext, isKind } from './countersign-error.ts';

/** The error of a call without a complete response in time. The provider may have applied the call. */
export class TimeoutError extends CountersignError<undefined> {
  override readonly name = 'TimeoutError';
  readonly kind = 'timeout';
  /** `attempt`: one request took too long. `call`: all attempts and waits together took too long. */
  declare readonly scope: 'attempt' | 'call';
  /** The limit in milliseconds. */
  declare readonly limit: number;

  constructor(scope: 'attempt' | 'call', limit: number, context: ErrorContext) {
    super(`no response within ${limit} ms (${scope} timeout)`, context, { scope, limit });
  }
}

/**
 * Whether a value is a `TimeoutError` of any package. Each package contains its own copy of the class.
 *
 * @example
 * ```ts
 * if (isTimeoutError(error)) console.error('No response after', error.elapsed, 'ms.');
 * ```
 */
export const isTimeoutError = (error: unknown): error is TimeoutError => isKind(error, 'timeout');
