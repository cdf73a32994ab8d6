/** A place in a file that a person wrote. Lines and columns count from 1. */
export type Position = {
  readonly file: string;
  readonly line: number;
  readonly column: number;
};

/** An error or warning in the input: its location, what is wrong and how to fix it. */
export type Diagnostic = {
  readonly severity: 'error' | 'warning';
  /** Stable and searchable, for example `dispatch-overlap`; docs/troubleshooting.md has an entry for each. */
  readonly code: string;
  readonly message: string;
  readonly help: string;
  readonly at: Position;
  /** JSON Pointer into the document, if there is one. */
  readonly pointer?: string;
  /** A mechanical fix, if there is one. */
  readonly fix?: Fix;
};

/** Changes to the file of a diagnostic that remove the error. */
export type Fix = {
  /** In the imperative: `Remove the trailing slash`. */
  readonly title: string;
  /** Offsets into the text, in UTF-16 units. */
  readonly edits: readonly { readonly from: number; readonly to: number; readonly text: string }[];
  /** Whether the fix keeps the meaning: `lint --fix` applies it. Otherwise a person must choose. */
  readonly automatic: boolean;
};

/** Texts by the file name in positions, to show the affected line. */
export type Sources = ReadonlyMap<string, string>;

/** A failure for one provider that is not an error in its input. */
export type Fault = { readonly provider: string; readonly message: string };

/** A bug in Countersign that affects some providers; the CLI exits with 2. Also contains the diagnostics of other providers. */
export class FaultError extends Error {
  override readonly name = 'FaultError';
  readonly faults: readonly Fault[];
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: Sources;

  constructor(faults: readonly Fault[], diagnostics: readonly Diagnostic[] = [], sources: Sources = new Map()) {
    super(faults.map(({ provider, message }) => `${provider}: ${message}`).join('\n'));
    this.faults = faults;
    this.diagnostics = diagnostics;
    this.sources = sources;
  }
}

/** The input is invalid. Contains every error, never only the first. The CLI exits with 1. */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: Sources;

  constructor(diagnostics: readonly Diagnostic[], sources: Sources = new Map()) {
    super(
      diagnostics.map(({ at, code, message }) => `${at.file}:${at.line}:${at.column} ${code}: ${message}`).join('\n'),
    );
    this.diagnostics = diagnostics;
    this.sources = sources;
  }
}
