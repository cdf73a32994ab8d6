import { Command } from 'commander';
import { InputError } from '../../common/diagnostics/diagnostic.ts';
import { explained } from '../../common/diagnostics/troubleshooting.ts';
import { jsonText, terminalText } from '../../common/text/literal.ts';
import { chooseProviders, type Workspace } from '../../config/workspace.ts';
import type { Outcome, ReleaseResult } from '../release/index.ts';
import { type Output, printChanges, printDiagnostics } from './output.ts';

type Flags = { readonly dryRun?: true; readonly json?: true };

function printOutcome({ plan, kind, error, help }: Outcome, output: Output): void {
  const { name, last, next, bump, changes } = plan;
  const moves =
    next === undefined
      ? `${last}, unchanged`
      : `${last ?? 'not published yet'} → ${next}${bump === 'none' ? '' : ` (${bump})`}`;
  output.out(output.colors.bold(terminalText(`${name}: ${moves}`)));
  printChanges(changes, output);
  if (kind === 'published') output.out('  published');
  if (kind === 'failed')
    output.err(
      explained('registry', `${output.colors.red(terminalText(`  not published: ${error}`))}\n  = help: ${help}`),
    );
}

/** Prints what happened or would happen. Returns whether everything succeeded. */
function report(result: ReleaseResult, { dryRun, json }: Flags, output: Output): boolean {
  const unmet = result.checks.filter(({ problem }) => problem !== undefined);
  const failed = result.outcomes.filter(({ kind }) => kind === 'failed');
  if (json) output.out(jsonText({ ok: unmet.length + failed.length === 0, ...result }));
  else {
    for (const outcome of result.outcomes) printOutcome(outcome, output);
    for (const { name, code, problem, help } of unmet)
      output.err(explained(code, `${output.colors.red(`${name}:`)} ${problem} ${help}`));
    if (dryRun) output.out('Nothing was published: --dry-run.');
    else if (unmet.length > 0) output.err('Nothing was published.');
    else if (failed.length > 0) output.err('Run the release again. It publishes only the remaining packages.');
  }
  return failed.length === 0 && (unmet.length === 0 || dryRun === true);
}

/** `release`: publishes changed packages with the version that follows from their contracts. */
export function releaseCommand(workspace: Workspace, output: Output): Command {
  return new Command('release')
    .description('publish changed packages with the version and changelog derived from their contracts')
    .argument('[provider...]', 'providers to publish; default: all')
    .option('--dry-run', 'print the planned versions and reasons without publishing')
    .option('--json', 'print the result as JSON')
    .action(async (asked: string[], flags: Flags) => {
      const [{ release }, { RegistryError, registryProblem }] = await Promise.all([
        import('../release/index.ts'),
        import('../release/registry.ts'),
      ]);
      const providers = await chooseProviders(workspace, asked);
      try {
        const result = await release(workspace, {
          providers,
          dryRun: flags.dryRun === true,
          onStep: (text) => (flags.json ? output.err(`${text} …`) : output.step(text)),
        });
        output.progress('');
        if (!report(result, flags, output)) process.exitCode = 1;
      } catch (error) {
        const problem =
          error instanceof RegistryError ? registryProblem(error, workspace.config.release?.registry) : error;
        if (!(problem instanceof InputError)) throw error;
        output.progress('');
        if (flags.json) output.out(jsonText({ ok: false, diagnostics: problem.diagnostics }));
        else await printDiagnostics(problem.diagnostics, problem.sources, output);
        output.err('Nothing was published.');
        process.exitCode = 1;
      }
    });
}
