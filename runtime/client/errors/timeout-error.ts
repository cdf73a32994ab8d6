import { CountersignError, type ErrorContext, isKind } from './countersign-error.ts';

/** No complete response in time. It is unknown whether the provider applied the call. */
export class TimeoutError extends CountersignError<undefined> {
  override readonly name = 'TimeoutError';
  readonly kind = 'timeout';
  /** `attempt`: one request took too long; `call`: all attempts and waits together did. */
  declare readonly scope: 'attempt' | 'call';
  /** Milliseconds. */
  declare readonly limit: number;

  constructor(scope: 'attempt' | 'call', limit: number, context: ErrorContext) {
    super(`no response within ${limit} ms (${scope} timeout)`, context, { scope, limit });
  }
}

/**
 * Whether a value is a `TimeoutError`, from any package: each one carries its own copy of the classes.
 *
 * @example
 * ```ts
 * if (isTimeoutError(error)) console.error('No response after', error.elapsed, 'ms.');
 * ```
 */
export const isTimeoutError = (error: unknown): error is TimeoutError => isKind(error, 'timeout');
