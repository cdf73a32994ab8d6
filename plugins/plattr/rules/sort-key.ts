const LOWEST = -(2n ** 63n);
const MAGNITUDE = 2n ** 63n - 1n;

/**
 * A score as a 64-bit integer of the same order. The bits of a positive double already are; those of a negative one run
 * the other way.
 */
export function sortKey(score: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  // Adding 0 converts -0 to 0, which is the same score.
  view.setFloat64(0, score + 0);
  const bits = view.getBigInt64(0);
  return bits < 0n ? bits ^ MAGNITUDE : bits;
}

/** Below every score's key. */
export const BELOW_ALL = LOWEST;
/** At or above every score's key. */
export const ABOVE_ALL = MAGNITUDE;
