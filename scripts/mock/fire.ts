import type { FireReport } from '@countersign/runtime/mock/fire';
import type { Output } from '../cli/output.ts';
import { terminalText } from '../literal.ts';
import type { Workspace } from '../workspace.ts';
import { fires } from './fires.ts';
import { loadMockProvider } from './load-provider.ts';

export type FireFlags = {
  readonly to: string;
  readonly count: number;
  readonly user?: string;
  readonly json?: true;
};

/** Fires at the address that the user named and prints what came of it. Gives the exit code: 1 where it failed. */
export async function fireAndPrint(
  workspace: Workspace,
  name: string,
  { to, count, user, json }: FireFlags,
  output: Output,
): Promise<0 | 1> {
  const { green, red, dim } = output.colors;
  const fire = Object.hasOwn(fires, name) ? fires[name] : undefined;
  if (!fire) {
    output.err(red(`${name} does not call you. These do: ${Object.keys(fires).join(', ')}.`));
    return 1;
  }
  const provider = await loadMockProvider(workspace, name);
  let report: FireReport;
  try {
    report = await fire({
      provider,
      to,
      count,
      ...(user !== undefined && { user }),
      onCall: ({ ok, what, status, ms, problem }) => {
        if (json) return;
        const mark = ok ? green('ok    ') : red('failed');
        const line = `${what}  ${status ?? 'no answer'}  ${ms.toFixed(0)} ms${problem === undefined ? '' : `  ${problem}`}`;
        output.out(`${mark}  ${terminalText(line)}`);
      },
    });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    output.err(red(terminalText(error.message)));
    return 1;
  }
  if (json) output.out(JSON.stringify(report));
  else {
    output.out((report.ok ? green : red)(terminalText(report.summary)));
    for (const line of report.details) output.out(dim(`  ${terminalText(line)}`));
  }
  return report.ok ? 0 : 1;
}
