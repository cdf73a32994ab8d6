import type { Diagnostic } from '../../../common/diagnostics/diagnostic.ts';

/** A problem of one schema; `tokens` lead from the schema to the place. */
export type Problem = Pick<Diagnostic, 'code' | 'message' | 'help'> & {
  readonly severity?: Diagnostic['severity'];
  readonly tokens?: readonly string[];
};
