import type { Refusal } from './refusal.ts';

/**
 * The error of an invalid body, thrown while the body is read, also inside a handler. If the handler does not catch it,
 * the server rejects the request.
 */
export class BadInputError extends Error {
  override readonly name = 'BadInputError';
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}
