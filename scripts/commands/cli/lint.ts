import { Command } from 'commander';
import { type Diagnostic, InputError } from '../../common/diagnostics/diagnostic.ts';
import { jsonText } from '../../common/text/literal.ts';
import { chooseProviders, settingsOf, specFile, type Workspace } from '../../config/workspace.ts';
import type { LoadedSpec } from '../../load/types.ts';
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
    .description("check specs by Redocly's recommended-strict rules and ours, as written and expanded")
    .argument('[provider...]', 'only these; default: all below specs/')
    .option('--json', 'print the problems as JSON')
    .action(async (asked: string[], { json }: { readonly json?: true }) => {
      const [{ loadSpec }, { lintSpec }] = await Promise.all([
        import('../../load/index.ts'),
        import('../../lint/index.ts'),
      ]);
      const providers = await chooseProviders(workspace, asked);
      const problems: Diagnostic[] = [];
      const sources = new Map<string, string>();
      for (const provider of providers) {
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
      if (json) output.out(jsonText({ ok: problems.length === 0, diagnostics: problems }));
      else await printDiagnostics(problems, sources, output);
      if (problems.length > 0) {
        output.err(output.colors.red(`${problems.length} problem${problems.length === 1 ? '' : 's'}.`));
        process.exitCode = 1;
      } else if (!json) {
        output.out(`${providers.join(', ')}: no problem.`);
      }
    });
}
