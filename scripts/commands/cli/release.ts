import { join, relative } from 'node:path';
import { Command } from 'commander';
import type { Finding, Suites } from '../../common/diagnostics/formats.ts';
import { explained } from '../../common/diagnostics/troubleshooting.ts';
import { jsonText, terminalText } from '../../common/text/literal.ts';
import { chooseProviders, type Workspace } from '../../config/workspace.ts';
import { skipped } from '../build/entries.ts';
import type { Outcome, ReleaseResult } from '../release/index.ts';
import { skippedFinding } from './build.ts';
import { findingOf } from './diff.ts';
import { type FormatFlags, formatOf, formatOption, printFailureAs, printFindings, stepsOf } from './format.ts';
import { type Output, printChanges } from './output.ts';

type Flags = FormatFlags & { readonly dryRun?: true };

function printOutcome({ plan, kind, error, help }: Outcome, output: Output): void {
  const { name, last, next, bump, changes } = plan;
  const moves =
    next === undefined
      ? `${last}, unchanged`
      : `${last ?? 'not published yet'} → ${next}${bump === 'none' ? '' : ` (${bump})`}`;
  output.out(output.colors.bold(terminalText(`${name}: ${moves}`)));
  printChanges(changes, output);
  for (const each of plan.skipped) output.out(output.colors.yellow(`  ${skipped(each)}`));
  if (kind === 'published') output.out('  published');
  if (kind === 'failed')
    output.err(
      explained('registry', `${output.colors.red(terminalText(`  not published: ${error}`))}\n  = help: ${help}`),
    );
}

/**
 * The findings of a release: unmet conditions first, then the changes of each package, then packages that npm did not
 * publish.
 */
function suitesOf({ checks, outcomes }: ReleaseResult, workspace: Workspace): Suites {
  const unmet = checks.flatMap(({ name, code, problem, help }): Finding[] =>
    problem === undefined
      ? []
      : [{ level: 'error', code, text: `${name}: ${problem} ${help}`, file: 'package.json', line: 1, column: 1 }],
  );
  const packages = outcomes.map(({ plan, kind, error, help }) => {
    const file = relative(workspace.root, join(workspace.generated, plan.provider, 'openapi.json'));
    const failed: Finding = {
      level: 'error',
      code: 'registry',
      text: `${plan.name} was not published: ${error} ${help}`,
      file,
      line: 1,
      column: 1,
    };
    // A release increases the version as its changes require, so that no change is an error.
    const changes = plan.changes.map((change): Finding => ({ ...findingOf(change, file), level: 'note' }));
    const gaps = plan.skipped.map((each) => skippedFinding(each, file));
    return [plan.name, [...(kind === 'failed' ? [failed] : []), ...gaps, ...changes]] as const;
  });
  return [['release', unmet], ...packages];
}

/** Prints what happened or would happen. Returns whether everything succeeded. */
async function report(result: ReleaseResult, flags: Flags, workspace: Workspace, output: Output): Promise<boolean> {
  const unmet = result.checks.filter(({ problem }) => problem !== undefined);
  const failed = result.outcomes.filter(({ kind }) => kind === 'failed');
  const format = formatOf(flags);
  if (format === 'json') output.out(jsonText({ ok: unmet.length + failed.length === 0, ...result }));
  else if (format !== undefined) await printFindings(format, suitesOf(result, workspace), 'release', output);
  else {
    for (const outcome of result.outcomes) printOutcome(outcome, output);
    for (const { name, code, problem, help } of unmet)
      output.err(explained(code, `${output.colors.red(`${name}:`)} ${problem} ${help}`));
    if (flags.dryRun) output.out('Nothing was published: --dry-run.');
    else if (unmet.length > 0) output.err('Nothing was published.');
    else if (failed.length > 0) output.err('Run the release again. It publishes only the remaining packages.');
  }
  return failed.length === 0 && (unmet.length === 0 || flags.dryRun === true);
}

/** `release`: publishes changed packages with the version that follows from their contracts. */
export function releaseCommand(workspace: Workspace, output: Output): Command {
  return new Command('release')
    .description('Publish changed packages with the version and changelog derived from their contracts')
    .argument('[provider...]', 'Providers to publish; default: all')
    .option('--dry-run', 'Print the planned versions and reasons without publishing')
    .option('--json', 'Print the result as JSON')
    .addOption(formatOption())
    .action(async (asked: string[], flags: Flags) => {
      const [{ release }, { RegistryError, registryProblem }] = await Promise.all([
        import('../release/index.ts'),
        import('../release/registry.ts'),
      ]);
      const providers = await chooseProviders(workspace, asked);
      const format = formatOf(flags);
      try {
        const result = await release(workspace, {
          providers,
          dryRun: flags.dryRun === true,
          onStep: stepsOf(format, output),
        });
        output.progress('');
        if (!(await report(result, flags, workspace, output))) process.exitCode = 1;
      } catch (error) {
        const problem =
          error instanceof RegistryError ? registryProblem(error, workspace.config.release?.registry) : error;
        output.progress('');
        process.exitCode = await printFailureAs(format, problem, 'release', output, 'nothing was published');
      }
    });
}
