import { Command } from 'commander';
import { type Diagnostic, InputError } from '../../common/diagnostics/diagnostic.ts';
import { findingsOf } from '../../common/diagnostics/formats.ts';
import { countDiagnostics } from '../../common/diagnostics/report.ts';
import { jsonText } from '../../common/text/literal.ts';
import { chooseProviders, settingsOf, specFile, type Workspace } from '../../config/workspace.ts';
import type { LoadedSpec } from '../../load/types.ts';
import { type FormatFlags, formatOf, formatOption, printFindings } from './format.ts';
import { type Output, printDiagnostics } from './output.ts';

/** What only the model can tell: names and vectors of signing recipes. */
async function checkRecipes(spec: LoadedSpec, provider: string): Promise<readonly Diagnostic[]> {
  const [{ bundleSpec }, { expandDocument }, { buildApi }, { checkSigning }] = await Promise.all([
    import('../../bundle/index.ts'),
    import('../../expand/index.ts'),
    import('../../model/index.ts'),
    import('../../model/signing/check.ts'),
  ]);
  return checkSigning(buildApi(expandDocument(await bundleSpec(spec)), provider, spec.file));
}

/** The command `lint`. */
export function lintCommand(workspace: Workspace, output: Output): Command {
  return new Command('lint')
    .description("check specs with Redocly's recommended-strict rules and the rules of Countersign")
    .argument('[provider...]', 'providers to check; default: all')
    .option('--json', 'print the diagnostics as JSON')
    .addOption(formatOption())
    .action(async (asked: string[], flags: FormatFlags) => {
      const [{ loadSpec }, { lintSpec }] = await Promise.all([
        import('../../load/index.ts'),
        import('../../lint/index.ts'),
      ]);
      const providers = await chooseProviders(workspace, asked);
      const byProvider = new Map<string, Diagnostic[]>();
      const sources = new Map<string, string>();
      for (const provider of providers) {
        const problems: Diagnostic[] = [];
        byProvider.set(provider, problems);
        try {
          const spec = await loadSpec(specFile(workspace, provider), settingsOf(workspace, provider));
          for (const [file, text] of spec.texts) sources.set(file, text);
          const found = await lintSpec(spec, { profile: settingsOf(workspace, provider).lint ?? 'strict' });
          problems.push(...found);
          if (found.every(({ severity }) => severity !== 'error'))
            problems.push(...(await checkRecipes(spec, provider)));
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
          problems.push(...error.diagnostics);
          for (const [file, text] of error.sources) sources.set(file, text);
        }
      }
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
