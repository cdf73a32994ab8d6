import { join } from 'node:path';
import type { Diagnostic } from '../common/diagnostics/diagnostic.ts';
import { settingsOf, specFile, type Workspace } from '../config/workspace.ts';
import { loadSpec } from '../load/index.ts';
import type { LoadedSpec } from '../load/types.ts';
import { openOutput, type Part } from '../write/index.ts';
import type { EarlierRun } from './earlier.ts';
import { buildModel, lint, makeByTools } from './make-provider.ts';

/** A task for the thread beside the one that generates from a large document. */
export type BesideQuestion = {
  readonly kind: 'lint' | 'tools';
  readonly workspace: Workspace;
  readonly provider: string;
  readonly staging: string | undefined;
  readonly earlier: EarlierRun | undefined;
};

/** The document that the last task checked: the next one does not read it again. */
let checked: { readonly provider: string; readonly spec: LoadedSpec } | undefined;

/**
 * Checks a document, and returns its warnings.
 * @throws {InputError} with errors and warnings
 */
export async function checkDocument({ workspace, provider }: BesideQuestion): Promise<readonly Diagnostic[]> {
  checked = undefined;
  const { allowHosts, lint: profile } = settingsOf(workspace, provider);
  const spec = await loadSpec(specFile(workspace, provider), { allowHosts });
  const warnings = await lint(spec, profile);
  checked = { provider, spec };
  return warnings;
}

/** Types and hooks of the document that was checked, written below `staging`. */
export async function makePart({ workspace, provider, staging, earlier }: BesideQuestion): Promise<Part> {
  if (checked?.provider !== provider) throw new Error(`This thread did not check the document of ${provider}.`);
  const { hooks, int64 } = settingsOf(workspace, provider);
  const api = await buildModel(checked.spec, provider, int64);
  checked = undefined;
  // A plus sign is in no provider's name.
  const output = openOutput(join(workspace.generated, provider), staging, `${provider}+tools`);
  await makeByTools(api, hooks, output, earlier);
  return output.part();
}
