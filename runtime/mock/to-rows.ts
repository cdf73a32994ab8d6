/**
 * Converts a generated value, or an example, to the rows of JSON lines. The schema of rows distinguishes a row that is
 * a list from a list of rows.
 *
 * @param isRow whether a value is valid as one row
 */
export function toRows(value: unknown, isRow: (value: unknown) => boolean): readonly unknown[] {
  if (!Array.isArray(value)) return [value];
  return isRow(value) && !value.every(isRow) ? [value] : value;
}
