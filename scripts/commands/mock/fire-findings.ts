import { relative } from 'node:path';
import type { FireReport } from '@countersign/runtime/mock/fire';
import type { Finding } from '../../common/diagnostics/formats.ts';
import { specFile, type Workspace } from '../../config/workspace.ts';

/** A message that was not sent or not accepted. It is reported at the spec that declares it. */
export const failure = (workspace: Workspace, provider: string, text: string): Finding => ({
  level: 'error',
  code: 'fire-failed',
  text,
  file: relative(workspace.root, specFile(workspace, provider)),
  line: 1,
  column: 1,
});

/**
 * The messages that were not accepted. A plugin can also report that the whole run failed: its summary then contains
 * the reason.
 */
export function failuresOf(report: FireReport, workspace: Workspace, provider: string): readonly Finding[] {
  const failed = report.calls
    .filter(({ ok }) => !ok)
    .map(({ what, status, problem }) => `${what}: ${status ?? 'no response'}. ${problem ?? ''}`.trim());
  const texts = report.ok || failed.length > 0 ? failed : [[report.summary, ...report.details].join(' ')];
  return texts.map((text) => failure(workspace, provider, text));
}
