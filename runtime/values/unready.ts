/** Thrown by a check that needs more time. The value maker calls it again after other work. */
export class Unready extends Error {
  override readonly name = 'Unready';
}
