import { Command } from 'commander';
import type { Finding as Reported } from '../../common/diagnostics/formats.ts';
import { shortenList } from '../../common/diagnostics/report.ts';
import { explained } from '../../common/diagnostics/troubleshooting.ts';
import { jsonText, terminalText } from '../../common/text/literal.ts';
import type { Workspace } from '../../config/workspace.ts';
import type { Finding } from '../init/doctor.ts';
import { type FormatFlags, formatOf, formatOption, printFindings } from './format.ts';
import type { Output } from './output.ts';

/** Findings that a person reads at a time. */
const MOST = 30;

function lineOf({ name, items = [], problem, code = '', help }: Finding, { colors }: Output): string {
  const list = items.length === 0 ? '' : `: ${shortenList(items)}`;
  if (problem === undefined) return `${colors.green('fine')}  ${terminalText(`${name}${list}`)}`;
  const said = `${name}: ${problem}${list === '' ? '' : `${list}.`}`;
  return explained(code, `${colors.red('wrong')} ${terminalText(`${said} ${help}`)}`);
}

/** As in the reports of other commands. What concerns no file is reported at `package.json`. */
function reported({ name, items = [], problem, code = '', help }: Finding): readonly Reported[] {
  if (problem === undefined) return [];
  const [, file = 'package.json', line = 1, column = 1] = /^(.+):(\d+):(\d+)$/.exec(name) ?? [];
  const list = items.length === 0 ? '' : `: ${items.join(', ')}`;
  const said = file === 'package.json' ? `${name} ${problem.replace(/\.$/, '')}${list}.` : problem;
  return [{ level: 'error', code, text: `${said} ${help}`.trim(), file, line: Number(line), column: Number(column) }];
}

/** `doctor`: reports missing parts and how to fix them. Writes nothing. */
export function doctorCommand(workspace: Workspace, output: Output): Command {
  return new Command('doctor')
    .description('Check Node, packages, configuration, specs and generated code')
    .option('--json', 'Print the result as JSON')
    .addOption(formatOption())
    .action(async (flags: FormatFlags) => {
      const { examine } = await import('../init/doctor.ts');
      const findings = await examine(workspace);
      const ok = findings.every(({ problem }) => problem === undefined);
      const format = formatOf(flags);
      if (format === 'json') output.out(jsonText({ ok, findings }));
      else if (format !== undefined) {
        const suites = findings.map((finding) => [finding.name, reported(finding)] as const);
        await printFindings(format, suites, 'doctor', output);
      } else {
        const shown = findings.slice(0, MOST);
        for (const finding of shown) output.out(lineOf(finding, output));
        const more = findings.slice(MOST).filter(({ problem }) => problem !== undefined).length;
        if (more > 0) output.out(`${more} more errors. Run with --json to list all.`);
      }
      if (!ok) process.exitCode = 1;
    });
}
