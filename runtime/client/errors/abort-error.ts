import { CountersignError, type ErrorContext, isKind } from './countersign-error.ts';

/** The caller's AbortSignal fired. */
export class AbortError extends CountersignError<undefined> {
  override readonly name = 'AbortError';
  readonly kind = 'abort';

  constructor(context: ErrorContext) {
    super('aborted by the caller', context);
  }
}

/**
 * Whether a value is an `AbortError`, from any package: each one carries its own copy of the classes.
 *
 * @example
 * ```ts
 * if (isAbortError(error)) console.log('The caller ended the call.');
 * ```
 */
export const isAbortError = (error: unknown): error is AbortError => isKind(error, 'abort');
