const width = (cell: string): number => [...cell].length;

/** Rows in columns: the first is left-aligned, numbers are right-aligned. A pipe gets the same text without rules. */
export function table(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  rule: boolean,
): readonly string[] {
  const widths = header.map((title, column) => Math.max(width(title), ...rows.map((row) => width(row[column] ?? ''))));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => {
        const pad = ' '.repeat(Math.max(0, (widths[column] ?? 0) - width(cell)));
        return column === 0 ? cell + pad : pad + cell;
      })
      .join('  ')
      .trimEnd();
  const ruler = widths.map((size) => '─'.repeat(size)).join('──');
  return rule ? [line(header), ruler, ...rows.map(line)] : [line(header), ...rows.map(line)];
}
