/** An id that a column can be asked for. The contract allows integers of any size; no row has 0, nor one beyond 2^53. */
export const columnId = (id: number): number => (Number.isSafeInteger(id) ? id : 0);

/** A bound of ids that a column can be compared with: all ids lie within. */
export const columnBound = (id: number): number =>
  Math.max(Number.MIN_SAFE_INTEGER, Math.min(id, Number.MAX_SAFE_INTEGER));
