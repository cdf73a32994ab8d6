import { CountersignError, type ErrorContext, isKind } from './countersign-error.ts';

/** The response is larger than `maxAnswerBytes`. The rest of it was not read. */
export class BodyTooLargeError extends CountersignError<undefined> {
  override readonly name = 'BodyTooLargeError';
  readonly kind = 'body-too-large';
  /** Bytes. */
  declare readonly limit: number;

  constructor(limit: number, context: ErrorContext) {
    super(`the response is larger than ${limit} bytes`, context, { limit });
  }
}

/**
 * Whether a value is a `BodyTooLargeError`, from any package: each one carries its own copy of the classes.
 *
 * @example
 * ```ts
 * if (isBodyTooLargeError(error)) console.error('Raise maxBodySize, or read the body as a stream.', error.message);
 * ```
 */
export const isBodyTooLargeError = (error: unknown): error is BodyTooLargeError => isKind(error, 'body-too-large');
