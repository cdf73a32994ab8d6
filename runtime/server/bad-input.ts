import type { Refusal } from './refusal.ts';

/** Found while a body is read, perhaps by a handler: where that lets it through, the caller is refused. */
export class BadInputError extends Error {
  override readonly name = 'BadInputError';
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}
