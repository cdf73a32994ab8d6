import { CountersignError, type ErrorContext, isKind } from './countersign-error.ts';

/** The error of a response that is larger than `maxResponseBytes`. The rest of the response was not read. */
export class BodyTooLargeError extends CountersignError<undefined> {
  override readonly name = 'BodyTooLargeError';
  readonly kind = 'body-too-large';
  /** The limit in bytes. */
  declare readonly limit: number;

  constructor(limit: number, context: ErrorContext) {
    super(`the response is larger than ${limit} bytes`, context, { limit });
  }
}

/**
 * Whether a value is a `BodyTooLargeError` of any package. Each package contains its own copy of the class.
 *
 * @example
 * ```ts
 * if (isBodyTooLargeError(error)) console.error('Raise maxResponseBytes, or read the body as a stream.', error.message);
 * ```
 */
export const isBodyTooLargeError = (error: unknown): error is BodyTooLargeError => isKind(error, 'body-too-large');
