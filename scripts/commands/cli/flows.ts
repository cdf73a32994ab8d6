import { Command } from 'commander';
import type { Finding } from '../../common/diagnostics/formats.ts';
import { refusal } from '../../common/diagnostics/troubleshooting.ts';
import { jsonText } from '../../common/text/literal.ts';
import { chooseProviders, type Workspace } from '../../config/workspace.ts';
import type { FlowResult } from '../flows/types.ts';
import { hasSandbox, loadSandboxes } from '../serve/load-sandboxes.ts';
import { type FormatFlags, formatOf, formatOption, printFindings } from './format.ts';
import type { Output } from './output.ts';
import { requireStore } from './require-store.ts';
import { table } from './table.ts';

/** `flows`: runs the Arazzo flows of each provider against a sandbox; exits with 0 if all pass. */
export function flowsCommand(workspace: Workspace, output: Output): Command {
  return new Command('flows')
    .description('Run the Arazzo flows in specs/<provider>/flows.arazzo.yaml against an in-memory sandbox')
    .argument('[provider...]', 'Providers to run; default: all that have flows')
    .option('--json', 'Print the results as one line of JSON')
    .addOption(formatOption())
    .action(async (asked: string[], flags: FormatFlags) => {
      const { hasFlows } = await import('../flows/load-provider.ts');
      const chosen = await chooseProviders(workspace, asked);
      const have = await Promise.all(chosen.map((provider) => hasFlows(workspace, provider)));
      const providers = chosen.filter((_, index) => have[index]);
      const missing = [
        ...asked.filter((name) => !providers.includes(name)).map((name) => `specs/${name}/flows.arazzo.yaml`),
        ...providers.filter((name) => !hasSandbox(workspace, name)).map((name) => `plugins/${name}/sandbox.ts`),
      ];
      if (missing.length > 0 || providers.length === 0) {
        const [first = 'specs/<provider>/flows.arazzo.yaml'] = missing;
        throw refusal(
          'flows-missing',
          `No flow was run. Missing: ${missing.join(', ') || first}.`,
          'Add the missing files, or name the providers that have both.',
          first,
        );
      }
      requireStore('@electric-sql/pglite');
      const { runFlows } = await import('../flows/run-flows.ts');
      const sandboxes = await loadSandboxes(workspace, providers);
      const results = await runFlows(workspace, sandboxes, (provider) => output.progress(`${provider} …`));
      output.progress('');
      const ok = results.length > 0 && results.every(({ passed }) => passed);
      const format = formatOf(flags);
      if (format === 'json') output.out(jsonText({ ok, flows: results }));
      else if (format === undefined) print(results, output);
      else {
        const suites = results.map((result) => [`${result.provider} ${result.workflow}`, reported(result)] as const);
        await printFindings(format, suites, 'flows', output);
      }
      if (!ok) process.exitCode = 1;
    });
}

/** The failed checks of a workflow. Respect reports no line. */
const reported = ({ provider, workflow, problems }: FlowResult): readonly Finding[] =>
  problems.map(({ step, check, message }) => ({
    level: 'error',
    code: 'flow-failed',
    text: `${[workflow, step].filter(Boolean).join(' / ')}: ${check}. ${message}`,
    file: `specs/${provider}/flows.arazzo.yaml`,
    line: 1,
    column: 1,
  }));

function print(results: readonly FlowResult[], { out, err, colors, interactive }: Output): void {
  const rows = results.map(({ provider, workflow, steps, passedSteps, passed }) => [
    provider,
    workflow,
    `${passedSteps}/${steps}`,
    passed ? 'yes' : 'no',
  ]);
  for (const line of table(['provider', 'workflow', 'steps', 'passed'], rows, interactive)) out(line);
  for (const { provider, workflow, problems } of results)
    for (const { step, check, message } of problems) {
      const where = [provider, workflow, step].filter(Boolean).join(' / ');
      err(`\n${colors.red(where)}: ${check}\n  ${message.replaceAll('\n', '\n  ')}`);
    }
}
