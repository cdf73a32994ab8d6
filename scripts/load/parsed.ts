/** An offset in a text, and the error there. */
export type ParseProblem = {
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly message: string;
  readonly help: string;
  readonly offset: number;
};

/** The result of both parsers, for YAML and JSON. */
export type Parsed = {
  readonly value: unknown;
  readonly problems: readonly ParseProblem[];
  /** Offset of the value, or of its key, at the given tokens or at their nearest ancestor. */
  readonly offsetOf: (tokens: readonly string[], on: 'key' | 'value') => number;
};
