/** Thrown by a run whose files changed while it read them. Nothing was written, and its errors are of no use. */
export class OutdatedError extends Error {
  override readonly name = 'OutdatedError';

  constructor() {
    super('The files changed during the run.');
  }
}
