import { Command } from 'commander';
import { shortenList } from '../../common/diagnostics/report.ts';
import { explained } from '../../common/diagnostics/troubleshooting.ts';
import { jsonText, terminalText } from '../../common/text/literal.ts';
import type { Workspace } from '../../config/workspace.ts';
import type { Finding } from '../init/doctor.ts';
import type { Output } from './output.ts';

/** Findings that a person reads at a time. */
const MOST = 30;

function lineOf({ name, items = [], problem, code = '', help }: Finding, { colors }: Output): string {
  const list = items.length === 0 ? '' : `: ${shortenList(items)}`;
  if (problem === undefined) return `${colors.green('fine')}  ${terminalText(`${name}${list}`)}`;
  const said = `${name}: ${problem}${list === '' ? '' : `${list}.`}`;
  return explained(code, `${colors.red('wrong')} ${terminalText(`${said} ${help}`)}`);
}

/** `doctor`: reports what is missing, and how to fix it. Writes nothing. */
export function doctorCommand(workspace: Workspace, output: Output): Command {
  return new Command('doctor')
    .description('check Node, packages, configuration, specs and generated code')
    .option('--json', 'print the result as JSON')
    .action(async ({ json }: { readonly json?: true }) => {
      const { examine } = await import('../init/doctor.ts');
      const findings = await examine(workspace);
      const ok = findings.every(({ problem }) => problem === undefined);
      if (json) output.out(jsonText({ ok, findings }));
      else {
        const shown = findings.slice(0, MOST);
        for (const finding of shown) output.out(lineOf(finding, output));
        const more = findings.slice(MOST).filter(({ problem }) => problem !== undefined).length;
        if (more > 0) output.out(`${more} more errors. Run with --json to list all.`);
      }
      if (!ok) process.exitCode = 1;
    });
}
