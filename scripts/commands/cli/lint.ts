import { Command } from 'commander';
import type { Diagnostic } from '../../common/diagnostics/diagnostic.ts';
import { findingsOf } from '../../common/diagnostics/formats.ts';
import { countDiagnostics } from '../../common/diagnostics/report.ts';
import { jsonText } from '../../common/text/literal.ts';
import { chooseProviders, type Workspace } from '../../config/workspace.ts';
import { type FormatFlags, formatOf, formatOption, printFindings } from './format.ts';
import { type Output, printDiagnostics } from './output.ts';

/** Maximum number of rounds. Applying fixes can reveal further errors with fixes. */
const MOST_ROUNDS = 10;

/** The command `lint`. */
export function lintCommand(workspace: Workspace, output: Output): Command {
  return new Command('lint')
    .description("Check specs with Redocly's recommended-strict rules and the rules of Countersign")
    .argument('[provider...]', 'Providers to check; default: all')
    .option('--fix', 'Apply the fixes that keep the meaning of a spec')
    .option('--json', 'Print the diagnostics as JSON')
    .addOption(formatOption())
    .action(async (asked: string[], flags: FormatFlags & { readonly fix?: true }) => {
      const { checkSpec } = await import('../check-spec.ts');
      const providers = await chooseProviders(workspace, asked);
      const byProvider = new Map<string, readonly Diagnostic[]>();
      const sources = new Map<string, string>();
      let fixed = 0;
      for (const provider of providers) {
        let checked = await checkSpec(workspace, provider);
        for (let round = 0; flags.fix && round < MOST_ROUNDS; round++) {
          const { applyFixes } = await import('../apply-fixes.ts');
          const count = await applyFixes(checked);
          if (count === 0) break;
          fixed += count;
          checked = await checkSpec(workspace, provider);
        }
        byProvider.set(provider, checked.diagnostics);
        for (const [file, text] of checked.sources) sources.set(file, text);
      }
      if (flags.fix) output.err(`Fixed ${fixed} problem${fixed === 1 ? '' : 's'}.`);
      const problems = [...byProvider.values()].flat();
      const failed = problems.some(({ severity }) => severity === 'error');
      const format = formatOf(flags);
      if (format === 'json') output.out(jsonText({ ok: !failed, diagnostics: problems }));
      else if (format === undefined) await printDiagnostics(problems, sources, output);
      else {
        const suites = [...byProvider].map(([provider, found]) => [provider, findingsOf(found)] as const);
        await printFindings(format, suites, 'lint', output);
      }
      if (failed) process.exitCode = 1;
      if (problems.length > 0) output.err(output.colors[failed ? 'red' : 'yellow'](`${countDiagnostics(problems)}.`));
      else if (format === undefined) output.out(`${providers.join(', ')}: no errors.`);
    });
}
