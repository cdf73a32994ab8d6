/** Offset in a text, and what is wrong there. */
export type ParseProblem = {
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly message: string;
  readonly help: string;
  readonly offset: number;
};

/** What both parsers, of YAML and of JSON, give. */
export type Parsed = {
  readonly value: unknown;
  readonly problems: readonly ParseProblem[];
  /** Offset of the value, or of its key, at the given tokens or at their nearest ancestor. */
  readonly offsetOf: (tokens: readonly string[], on: 'key' | 'value') => number;
};
