import { CountersignError, type ErrorContext, isKind } from './countersign-error.ts';

/** The caller's AbortSignal fired. */
export class AbortError extends CountersignError<undefined> {
  override readonly name = 'AbortError';
  readonly kind = 'abort';

  constructor(context: ErrorContext) {
    super('aborted by the caller', context);
  }
}

export const isAbortError = (error: unknown): error is AbortError => isKind(error, 'abort');
