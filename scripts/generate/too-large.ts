import type { Diagnostic } from '../common/diagnostics/diagnostic.ts';
import { specFile, type Workspace } from '../config/workspace.ts';
import { displayPath } from '../load/references/read-file.ts';

type Provider = { readonly workspace: Workspace; readonly provider: string };

/**
 * The error for a document that a thread has no memory for.
 * @param limit of its heap, in megabytes
 */
export function tooLarge({ workspace, provider }: Provider, limit: number): Diagnostic {
  return {
    severity: 'error',
    code: 'document-memory',
    message: `Generating from this document needs more than ${limit} MB of memory.`,
    help: `Split it into several providers, for example by tag, or set a higher limit: \`NODE_OPTIONS=--max-old-space-size=${2 * limit}\`.`,
    at: { file: displayPath(specFile(workspace, provider)), line: 1, column: 1 },
  };
}
