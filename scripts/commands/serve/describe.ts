import type { DemoCredential } from '../../../plugins/sandbox.ts';

/** A provider that the sandbox serves, and a sample call. */
export type ServedProvider = {
  readonly provider: string;
  readonly title: string;
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly credentials: readonly DemoCredential[];
  /** Signed when it is printed. */
  readonly curl: string;
};

/** Left-aligned columns. The last one is not padded. */
function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

/** The lines with the sandbox's address, the accepted credentials, and one command per provider. */
export function describeSandbox(served: readonly ServedProvider[]): readonly string[] {
  const credentials = served.flatMap(({ title, credentials: list }) =>
    list.map(({ name, value, note }) => [title, name, note === undefined ? value : `${value}  (${note})`]),
  );
  return [
    ...columns(served.map(({ title, baseUrl }) => [title, baseUrl])),
    '',
    'Demo credentials, created for this sandbox. They are not valid anywhere else.',
    ...columns(credentials),
    '',
    'Try it:',
    ...served.flatMap(({ title, curl }) => [`# ${title}`, curl]),
  ];
}
