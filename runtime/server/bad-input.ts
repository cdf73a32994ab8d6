import type { Refusal } from './refusal.ts';

/** An error in a body that is found while it is read, also by a handler. If the handler does not catch it, the server rejects the request. */
export class BadInputError extends Error {
  override readonly name = 'BadInputError';
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}
