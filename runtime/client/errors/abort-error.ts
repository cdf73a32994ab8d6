import { CountersignError, type ErrorContext, isKind } from './countersign-error.ts';

/** The error of a call that the caller's `AbortSignal` ended. */
export class AbortError extends CountersignError<undefined> {
  override readonly name = 'AbortError';
  readonly kind = 'abort';

  constructor(context: ErrorContext) {
    super('aborted by the caller', context);
  }
}

/**
 * Whether a value is an `AbortError` of any package. Each package contains its own copy of the class.
 *
 * @example
 * ```ts
 * if (isAbortError(error)) console.log('The caller ended the call.');
 * ```
 */
export const isAbortError = (error: unknown): error is AbortError => isKind(error, 'abort');
