import { Command } from 'commander';
import { explained } from '../../common/diagnostics/troubleshooting.ts';
import { jsonText, terminalText } from '../../common/text/literal.ts';
import type { Workspace } from '../../config/workspace.ts';
import type { Output } from './output.ts';

/** `doctor`: what is missing here, and how to mend it. Writes nothing. */
export function doctorCommand(workspace: Workspace, output: Output): Command {
  return new Command('doctor')
    .description('look for what commonly goes wrong: Node, packages, configuration, specs, generated code')
    .option('--json', 'print the findings as JSON')
    .action(async ({ json }: { readonly json?: true }) => {
      const { examine } = await import('../init/doctor.ts');
      const findings = await examine(workspace);
      const ok = findings.every(({ problem }) => problem === undefined);
      if (json) output.out(jsonText({ ok, findings }));
      else {
        for (const { name, problem, code = '', help } of findings) {
          if (problem === undefined) output.out(`${output.colors.green('fine')}  ${terminalText(name)}`);
          else
            output.out(explained(code, `${output.colors.red('wrong')} ${terminalText(`${name}: ${problem} ${help}`)}`));
        }
      }
      if (!ok) process.exitCode = 1;
    });
}
