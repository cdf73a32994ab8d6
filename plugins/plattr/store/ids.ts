/** An id that a column can be asked for. The contract allows integers of any size; no row has 0, nor one beyond 2^53. */
export const columnId = (id: number): number => (Number.isSafeInteger(id) ? id : 0);

/** A bound of ids, or a number of rows, as a query can have it: all ids and counts lie within. */
export const columnBound = (bound: number): number =>
  Math.max(Number.MIN_SAFE_INTEGER, Math.min(bound, Number.MAX_SAFE_INTEGER));
