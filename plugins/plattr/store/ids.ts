/** An id for a query of a column. The contract allows integers of any size, but no row has 0 or an id beyond 2^53. */
export const columnId = (id: number): number => (Number.isSafeInteger(id) ? id : 0);

/** A bound of ids or a number of rows for a query: all ids and counts are within it. */
export const columnBound = (bound: number): number =>
  Math.max(Number.MIN_SAFE_INTEGER, Math.min(bound, Number.MAX_SAFE_INTEGER));
