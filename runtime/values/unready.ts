/** Thrown by a check that needs more time. The value maker asks it again after other work had a turn. */
export class Unready extends Error {
  override readonly name = 'Unready';
}
